package io.aftersend.edge.post;

import io.aftersend.schemas.event.EmailEvent;
import java.util.List;

/// What came of reading a body of events.
sealed interface Batch {
  /// The body was read, well or in part.
  ///
  /// @param events the good ones, in their order
  /// @param rejected the others, in their order
  record Read(List<EmailEvent> events, List<Rejected> rejected) implements Batch {}

  /// The body as a whole is wrong; nothing of it was taken.
  ///
  /// @param detail what was expected and what came
  record Refused(int status, String detail) implements Batch {}

  /// A rejected element.
  ///
  /// @param index its place among the elements, from 0
  record Rejected(int index, Rejection rejection) {}
}
