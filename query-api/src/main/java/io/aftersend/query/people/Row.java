package io.aftersend.query.people;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of a table.
///
/// @param place what the rows are ordered by
/// @param cells a String, Long, BigDecimal or Instant for each column, or null
public record Row(Place place, List<? extends @Nullable Object> cells) {}
