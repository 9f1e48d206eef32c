package io.aftersend.processor.enrich;

import org.jspecify.annotations.Nullable;

/// What a user agent tells of its program and machine.
///
/// @param name of the mail client or browser
/// @param os name of the operating system, without version
/// @param isBrowser whether it is a browser, in which mail is read as webmail
record Client(@Nullable String name, @Nullable String os, Device device, boolean isBrowser) {
  static final Client UNKNOWN = new Client(null, null, Device.UNKNOWN, false);
}
