package io.aftersend.bench.generator;

import java.io.IOException;

/// A server answered otherwise than it should: its figures would mean nothing.
final class WrongAnswerException extends IOException {
  WrongAnswerException(String message) {
    super(message);
  }
}
