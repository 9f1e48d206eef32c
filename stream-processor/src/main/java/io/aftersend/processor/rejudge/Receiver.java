package io.aftersend.processor.rejudge;

/// Takes what is read, one by one.
interface Receiver<T> {
  /// Takes the next one.
  ///
  /// @throws InterruptedException where the thread is to end; the reading ends with it
  void accept(T one) throws InterruptedException;
}
