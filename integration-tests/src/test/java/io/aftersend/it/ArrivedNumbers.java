package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// The numbers by which a tenant with shared ids can tell that all of its events have come to every
/// table. Tables are filled one by one, and each row of a sum for itself, so that none of them says
/// anything of another.
final class ArrivedNumbers {
  private final Client reader;
  private final String mark;
  private final int mails;

  ArrivedNumbers(Client reader, String mark) {
    this.reader = reader;
    this.mark = mark;
    this.mails = SharedIds.mails(mark);
  }

  /// What all rows of an answer must add up to.
  private record Sum(String path, String rows, String number, int expected) {}

  /// Fails while anything is still on its way.
  void expectAll(String tenant, int events) {
    assertThat(
            reader.query(
                "SELECT count() FROM aftersend.events WHERE tenant = '%s'".formatted(tenant)))
        .containsExactly(List.of("" + events));
    expectCampaigns();
    for (Sum sum : sums()) {
      assertThat(sum(sum)).as(sum.path() + " " + sum.number()).isEqualTo(sum.expected());
    }
  }

  private void expectCampaigns() {
    JsonNode counts = reader.campaign("shared").path("counts");
    for (String type : List.of("sent", "opened", "clicked", "replied", "converted")) {
      assertThat(counts.at("/" + type + "/total").asInt()).as(type).isEqualTo(mails);
    }
    assertThat(counts.at("/delivered/total").asInt()).isEqualTo(mails - 1);
    assertThat(counts.at("/bounced/total").asInt()).isEqualTo(1);
    assertThat(reader.campaign(mark + "-only").at("/counts/opened/total").asInt()).isEqualTo(1);
    assertThat(
            reader.getJson("/lists/shared/growth?from=2020-01-01").at("/counts/subscribed").asInt())
        .isEqualTo(mails);
    for (String direction : List.of("sent", "received")) {
      assertThat(
              reader
                  .getJson("/mailboxes/shared/unanswered?direction=" + direction)
                  .path("unanswered"))
          .as("unanswered " + direction)
          .hasSize(mails);
    }
    for (String signal : List.of("clicked", "replied")) {
      assertThat(reader.getJson("/signals?signal=" + signal).path("signals"))
          .as("signals " + signal)
          .hasSize(mails);
    }
  }

  private List<Sum> sums() {
    String campaign = "/campaigns/shared";
    return List.of(
        new Sum(campaign + "/timeline", "/points", "/opened/first", mails),
        new Sum(campaign + "/timeline", "/points", "/clicked/first", mails),
        new Sum(campaign + "/heatmap?event=sent", "/cells", "/first", mails),
        new Sum(campaign + "/heatmap?event=opened", "/cells", "/first", mails),
        new Sum(campaign + "/heatmap?event=opened&basis=sent", "/cells", "/first", mails),
        new Sum(campaign + "/heatmap?event=clicked", "/cells", "/first", mails),
        new Sum(campaign + "/compare?goal=conversions", "/arms", "/messages", mails),
        new Sum(campaign + "/compare?goal=conversions", "/arms", "/successes", mails),
        new Sum(campaign + "/compare", "/arms", "/counts/bounced/unique", 1),
        new Sum(campaign + "/compare", "/arms", "/counts/clicked/human_unique", mails),
        new Sum(campaign + "/devices", "/devices", "/counts/opened/total", mails),
        new Sum(campaign + "/devices", "/devices", "/counts/clicked/total", mails),
        new Sum(campaign + "/accounts", "/accounts", "/counts/sent/unique", mails),
        new Sum(campaign + "/accounts", "/accounts", "/counts/clicked/unique", mails),
        new Sum(campaign + "/links", "/links", "/human_total", mails),
        new Sum("/conversions", "/conversions", "/total", mails),
        new Sum("/totals?by=month", "/totals", "/counts/clicked/first", mails),
        new Sum("/totals?by=month", "/totals", "/counts/opened/first", mails + 1),
        new Sum("/mailboxes", "/mailboxes", "/received", mails),
        new Sum("/mailboxes", "/mailboxes", "/sent", mails),
        new Sum("/recipients", "/recipients", "/sent", mails + 1),
        new Sum("/recipients", "/recipients", "/opened_human_total", mails + 1),
        new Sum("/recipients", "/recipients", "/clicked_human_unique", mails),
        new Sum("/recipients", "/recipients", "/replied", mails));
  }

  private int sum(Sum sum) {
    int total = 0;
    for (JsonNode row : reader.getJson(sum.path()).at(sum.rows())) {
      total += row.at(sum.number()).asInt();
    }
    return total;
  }
}
