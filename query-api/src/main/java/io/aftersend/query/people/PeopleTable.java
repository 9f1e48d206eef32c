package io.aftersend.query.people;

import static io.aftersend.query.people.Column.decimal;
import static io.aftersend.query.people.Column.id;
import static io.aftersend.query.people.Column.number;
import static io.aftersend.query.people.Column.text;
import static io.aftersend.query.people.Column.time;

import io.aftersend.schemas.signal.SignalKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tables of mailboxes, recipients and signals: their names, columns, filters and order.
@SuppressWarnings("ImmutableEnumChecker") // Its lists cannot be changed.
public enum PeopleTable {
  /// The mailboxes of a tenant by name.
  MAILBOXES("/api/v1/mailboxes", "mailboxes", null, mailNumbers(id("mailbox")), List.of()),

  /// One mailbox: as a whole, then by folder and label.
  MAILBOX(
      "/api/v1/mailboxes/{id}",
      "slices",
      "mailbox",
      mailNumbers(id("dimension"), text("value")),
      List.of()),

  /// Conversations of a mailbox that wait for an answer, the longest wait first.
  UNANSWERED(
      "/api/v1/mailboxes/{id}/unanswered",
      "unanswered",
      "mailbox",
      List.of(
          id("thread"),
          time("waiting_since"),
          number("mails"),
          time("event_time"),
          id("event_id"),
          id("message"),
          id("counterparty"),
          id("campaign")),
      List.of(new Filter("direction", List.of("sent", "received"), "sent"))),

  /// Recipients, the most engaged first.
  RECIPIENTS(
      "/api/v1/recipients",
      "recipients",
      null,
      List.of(
          id("recipient"),
          number("place"),
          number("sent"),
          number("reacted"),
          decimal("engagement_rate"),
          number("opened_human_total"),
          number("opened_human_unique"),
          number("clicked_human_total"),
          number("clicked_human_unique"),
          number("replied"),
          number("unsubscribed"),
          number("complained"),
          number("quiet_campaigns"),
          time("last_sent"),
          time("last_open"),
          time("last_click"),
          time("last_reply")),
      List.of(
          new Filter("filter", List.of("all", "engaged", "quiet"), "all"),
          new Filter("campaigns", List.of("1", "2", "3", "4", "5", "10", "20", "50", "100"), "3"))),

  /// Every event of a recipient, the first first.
  TIMELINE(
      "/api/v1/recipients/{id}/timeline",
      "events",
      "recipient",
      List.of(
          time("event_time"),
          id("type"),
          id("campaign"),
          id("message"),
          id("event_id"),
          id("verdict"),
          id("link"),
          text("url"),
          id("client"),
          id("device"),
          id("country")),
      List.of()),

  /// Signals, the latest first.
  SIGNALS(
      "/api/v1/signals",
      "signals",
      null,
      List.of(
          id("signal_id"),
          id("signal"),
          id("level"),
          id("campaign"),
          id("message"),
          id("recipient"),
          id("day"),
          time("event_time"),
          time("raised_at"),
          id("event_id"),
          number("numerator"),
          number("denominator"),
          decimal("value")),
      List.of(
          new Filter("signal", SignalKind.wireNames(), ""),
          new Filter("campaign", List.of(), ""),
          new Filter("recipient", List.of(), "")));

  private final String template;
  private final String rows;
  private final @Nullable String subject;
  private final List<Column> columns;
  private final List<Filter> filters;

  PeopleTable(
      String template,
      String rows,
      @Nullable String subject,
      List<Column> columns,
      List<Filter> filters) {
    this.template = template;
    this.rows = rows;
    this.subject = subject;
    this.columns = columns;
    this.filters = filters;
  }

  private static List<Column> mailNumbers(Column... first) {
    List<Column> columns = new ArrayList<>(List.of(first));
    columns.addAll(
        List.of(
            number("sent"),
            number("received"),
            number("auto_received"),
            number("replied"),
            number("answered"),
            number("answered_within_hour"),
            decimal("answered_rate"),
            decimal("median_seconds"),
            decimal("p90_seconds"),
            decimal("under_hour")));
    return List.copyOf(columns);
  }

  /// The path of the table's route.
  public String template() {
    return template;
  }

  /// The name of the array of its rows in JSON, and of its file.
  String rowsName() {
    return rows;
  }

  /// What the table is of; null where it is of the tenant.
  @Nullable String subject() {
    return subject;
  }

  List<Column> columns() {
    return columns;
  }

  List<Filter> filters() {
    return filters;
  }

  /// Whether a period may be asked for.
  boolean isOfPeriod() {
    return switch (this) {
      case MAILBOXES, MAILBOX, TIMELINE, SIGNALS -> true;
      case UNANSWERED, RECIPIENTS -> false;
    };
  }

  /// Before all rows.
  Place start() {
    return this == SIGNALS ? new Place(Long.MAX_VALUE, "") : new Place(Long.MIN_VALUE, "");
  }
}
