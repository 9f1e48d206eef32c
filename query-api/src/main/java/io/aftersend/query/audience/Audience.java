package io.aftersend.query.audience;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.audience.AudienceReadModel.Part;
import io.aftersend.query.audience.AudienceReadModel.Question;
import io.aftersend.query.campaign.CampaignNumbers;
import io.aftersend.query.campaign.CampaignReadModel;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.TablePage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/campaigns/{id}/recipients`: the mails of a campaign with what became of each, page
/// by page.
public final class Audience implements Route.Operation {
  static final List<String> TRAITS =
      List.of(
          "all",
          "delivered",
          "bounced",
          "hard",
          "soft",
          "block",
          "dropped",
          "deferred",
          "opened",
          "not_opened",
          "opened_by_machine",
          "clicked",
          "not_clicked",
          "replied",
          "converted",
          "unsubscribed",
          "complained");

  private static final List<String> COLUMNS =
      List.of(
          "recipient",
          "message",
          "account",
          "variant",
          "state",
          "sent_at",
          "opened_total",
          "opened_human_total",
          "first_open",
          "clicked_total",
          "clicked_human_total",
          "first_click",
          "replied",
          "converted",
          "unsubscribed",
          "complained");

  private final CampaignReadModel campaigns;
  private final AudienceReadModel audience;
  private final int maxCsvRows;

  /// The mails of a read model.
  ///
  /// @param campaigns tell whether a campaign is the tenant's
  /// @param maxCsvRows the most rows of one table given as CSV
  public Audience(CampaignReadModel campaigns, AudienceReadModel audience, int maxCsvRows) {
    this.campaigns = campaigns;
    this.audience = audience;
    this.maxCsvRows = maxCsvRows;
  }

  @Override
  public Answer answer(Call call) {
    List<String> known = new ArrayList<>(List.of("filter"));
    known.addAll(TablePage.PARAMETERS);
    QueryParameters parameters = QueryParameters.of(call.request(), known);
    TablePage page = TablePage.of(call.request(), parameters, maxCsvRows);
    String trait = parameters.oneOf("filter", TRAITS, "all");
    MailPlace after = parameters.cursor(MailPlace::of, MailPlace.START);
    parameters.throwIfWrong();
    String campaign = call.path("id");
    Part part = audience.mails(new Question(call.tenant(), campaign, trait, after, page.limit()));
    if (part.mails().isEmpty() && !campaigns.exists(call.tenant(), campaign)) {
      throw CampaignNumbers.unknown();
    }
    String next = part.next() == null ? null : part.next().cursor();
    Answer answer =
        page.isCsv()
            ? Answer.csv(csv(part.mails()), "recipients.csv")
            : json(campaign, part.mails(), next);
    return next == null
        ? answer
        : answer.withHeader(
            "Link",
            "</api/v1/campaigns/%s/recipients?filter=%s&limit=%d&cursor=%s>; rel=\"next\""
                .formatted(campaign, trait, page.limit(), next));
  }

  private static Answer json(String campaign, List<Mail> mails, @Nullable String next) {
    ObjectNode body = Json.object().put("campaign", campaign);
    ArrayNode rows = body.putArray("recipients");
    for (Mail mail : mails) {
      rows.addObject()
          .put("recipient", nullIfEmpty(mail.recipient()))
          .put("message", nullIfEmpty(mail.place().message()))
          .put("account", nullIfEmpty(mail.account()))
          .put("variant", nullIfEmpty(mail.variant()))
          .put("state", nullIfEmpty(mail.state()))
          .put("sent_at", text(mail.sentAt()))
          .put("opened_total", mail.openedTotal())
          .put("opened_human_total", mail.openedHumanTotal())
          .put("first_open", text(mail.firstOpen()))
          .put("clicked_total", mail.clickedTotal())
          .put("clicked_human_total", mail.clickedHumanTotal())
          .put("first_click", text(mail.firstClick()))
          .put("replied", mail.replied())
          .put("converted", mail.converted())
          .put("unsubscribed", mail.unsubscribed())
          .put("complained", mail.complained());
    }
    return Answer.json(body.put("next_cursor", next));
  }

  private static String csv(List<Mail> mails) {
    Csv csv = new Csv(COLUMNS);
    for (Mail mail : mails) {
      csv.id(mail.recipient())
          .id(mail.place().message())
          .id(mail.account())
          .id(mail.variant())
          .id(mail.state())
          .id(text(mail.sentAt()))
          .number(mail.openedTotal())
          .number(mail.openedHumanTotal())
          .id(text(mail.firstOpen()))
          .number(mail.clickedTotal())
          .number(mail.clickedHumanTotal())
          .id(text(mail.firstClick()))
          .number(mail.replied())
          .number(mail.converted())
          .number(mail.unsubscribed())
          .number(mail.complained())
          .endRow();
    }
    return csv.toString();
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
