package io.aftersend.query.live;

import io.aftersend.schemas.event.JudgedEvent;
import java.util.List;

/// An id that events must have in one of their fields.
///
/// @param position of the field among those of a [JudgedEvent]
record IdMatch(int position, String id) {
  /// The fields that there are, those of the fewest events first.
  static final List<String> FIELDS = List.of("message", "recipient", "mailbox", "list", "campaign");

  private static final int[] POSITIONS =
      FIELDS.stream().mapToInt(field -> JudgedEvent.SCHEMA$.getField(field).pos()).toArray();

  /// @param field one of [#FIELDS]
  static IdMatch of(String field, String id) {
    return new IdMatch(POSITIONS[FIELDS.indexOf(field)], id);
  }

  /// Where the fields lie, as [#FIELDS] lists them.
  static int[] positions() {
    return POSITIONS.clone();
  }

  boolean matches(JudgedEvent event) {
    return id.equals(event.get(position));
  }
}
