package io.aftersend.runtime.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// A signal of the operating system whose handler can be replaced and put back.
///
/// Goes to `sun.misc.Signal` by reflection: it is the JDK's only interface to signals, exported on
/// purpose (`jdk.unsupported`), yet every mention of it is a compiler warning that cannot be
/// switched off.
final class OsSignal {
  private final Class<?> handlerType;
  private final Object signal;

  private OsSignal(Class<?> handlerType, Object signal) {
    this.handlerType = handlerType;
    this.signal = signal;
  }

  /// The signal of that name.
  ///
  /// @param name without `SIG`, such as `TERM`
  /// @throws UnsupportedOperationException when this JVM has no such signal
  static OsSignal named(String name) {
    try {
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Class<?> type = Class.forName("sun.misc.Signal");
      return new OsSignal(handlerType, type.getConstructor(String.class).newInstance(name));
    } catch (ReflectiveOperationException e) {
      throw unavailable(e);
    }
  }

  /// Has `action` run, on a thread of the JVM's, for each such signal from now on.
  ///
  /// @return what puts the former handler back
  /// @throws UnsupportedOperationException when the JVM keeps the signal to itself (`-Xrs`)
  Runnable onReceive(Runnable action) {
    Object handler =
        Proxy.newProxyInstance(
            OsSignal.class.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> {
              // The methods of Object reach a proxy's handler too.
              if (method.getDeclaringClass() == Object.class) {
                return method.invoke(action, arguments);
              }
              action.run();
              return null;
            });
    Object former = install(handler);
    return () -> install(former);
  }

  private Object install(Object handler) {
    try {
      return signal
          .getClass()
          .getMethod("handle", signal.getClass(), handlerType)
          .invoke(null, signal, handler);
    } catch (ReflectiveOperationException e) {
      throw unavailable(e);
    }
  }

  private static UnsupportedOperationException unavailable(ReflectiveOperationException e) {
    Throwable cause =
        e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
    return new UnsupportedOperationException("cannot set a signal's handler: " + cause, cause);
  }
}
