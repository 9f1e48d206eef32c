package io.aftersend.query.heatmap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.heatmap.MailboxHeatmapReadModel.Mails;
import io.aftersend.query.heatmap.MailboxHeatmapReadModel.Question;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.period.PeriodReader;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.util.List;
import java.util.SortedMap;

/// `GET /api/v1/mailboxes/{id}/heatmap`: when mail of a mailbox is received, sent and replied to,
/// by hour of the week or calendar day. Every mail is a message of its own.
public final class MailboxHeatmap implements Route.Operation {
  private final MailboxHeatmapReadModel mailboxes;
  private final PeriodReader periods;
  private final int minMessages;

  /// @param periods read the zone
  /// @param minMessages fewer mails than this in a cell mask it
  public MailboxHeatmap(MailboxHeatmapReadModel mailboxes, PeriodReader periods, int minMessages) {
    this.mailboxes = mailboxes;
    this.periods = periods;
    this.minMessages = minMessages;
  }

  @Override
  public Answer answer(Call call) {
    boolean isCsv =
        MediaTypes.preferred(call.request(), List.of(MediaTypes.JSON, MediaTypes.CSV))
            .equals(MediaTypes.CSV);
    QueryParameters parameters =
        QueryParameters.of(call.request(), List.of("event", "grain", "zone"));
    String event = parameters.oneOf("event", List.of("received", "sent", "replied"), "received");
    String grain = parameters.oneOf("grain", List.of("hourly", "daily"), "hourly");
    String zone = periods.read(parameters, call.tenant()).zone().getId();
    parameters.throwIfWrong();
    Question question = new Question(call.tenant(), call.path("id"), zone);
    ObjectNode body =
        Json.object()
            .put("mailbox", question.mailbox())
            .put("zone", zone)
            .put("grain", grain)
            .put("event", event);
    ArrayNode cells = body.putArray("cells");
    Csv csv = grain.equals("hourly") ? hours(question, event, cells) : days(question, event, cells);
    return isCsv ? Answer.csv(csv.toString(), "heatmap.csv") : Answer.json(body);
  }

  /// Adds a cell for every hour of the week, and gives the same as a table.
  private Csv hours(Question question, String event, ArrayNode cells) {
    Csv csv = new Csv(List.of("weekday", "hour", "total", "masked"));
    Gapless.week(known(mailboxes.hourly(question)), Mails.NONE)
        .forEach(
            (hour, mails) -> {
              long total = total(mails, event);
              put(cells.addObject().put("weekday", hour.weekday()).put("hour", hour.hour()), total);
              put(csv.number(hour.weekday()).number(hour.hour()), total);
            });
    return csv;
  }

  /// The same for every day from the first to the last.
  private Csv days(Question question, String event, ArrayNode cells) {
    Csv csv = new Csv(List.of("date", "total", "masked"));
    Gapless.days(known(mailboxes.daily(question)), Mails.NONE)
        .forEach(
            (date, mails) -> {
              long total = total(mails, event);
              put(cells.addObject().put("date", date.toString()), total);
              put(csv.id(date.toString()), total);
            });
    return csv;
  }

  /// A mailbox exists from its first mail.
  private static <K> SortedMap<K, Mails> known(SortedMap<K, Mails> cells) {
    if (cells.isEmpty()) {
      throw new ProblemException(Problem.notFound("there is no such mailbox"));
    }
    return cells;
  }

  private static long total(Mails mails, String event) {
    return switch (event) {
      case "sent" -> mails.sent();
      case "replied" -> mails.replied();
      default -> mails.received();
    };
  }

  private void put(ObjectNode cell, long total) {
    cell.put("total", total).put("masked", total < minMessages);
  }

  private void put(Csv csv, long total) {
    csv.number(total).id(Boolean.toString(total < minMessages)).endRow();
  }
}
