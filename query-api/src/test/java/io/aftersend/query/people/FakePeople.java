package io.aftersend.query.people;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tables in memory, in the order of their places.
public final class FakePeople implements PeopleReadModel {
  private final Map<String, List<Row>> rows = new HashMap<>();
  final List<Question> asked = new ArrayList<>();

  /// Adds a row whose first cells are given; the others are null.
  void add(
      String tenant,
      PeopleTable table,
      String subject,
      Place place,
      List<? extends @Nullable Object> first) {
    List<@Nullable Object> cells = new ArrayList<>(first);
    while (cells.size() < table.columns().size()) {
      cells.add(null);
    }
    rows.computeIfAbsent(key(tenant, table, subject), any -> new ArrayList<>())
        .add(new Row(place, cells));
  }

  private static String key(String tenant, PeopleTable table, String subject) {
    return tenant + "|" + table + "|" + subject;
  }

  @Override
  public List<Row> rows(PeopleTable table, Question question) {
    asked.add(question);
    Comparator<Place> byText = Comparator.comparing(Place::text);
    Comparator<Place> byNumber = Comparator.comparingLong(Place::number);
    Comparator<Place> order =
        (table == PeopleTable.SIGNALS ? byNumber.reversed() : byNumber).thenComparing(byText);
    return rows.getOrDefault(key(question.tenant(), table, question.subject()), List.of()).stream()
        .filter(row -> order.compare(row.place(), question.after()) > 0)
        .sorted(Comparator.comparing(Row::place, order))
        .limit(question.limit())
        .toList();
  }
}
