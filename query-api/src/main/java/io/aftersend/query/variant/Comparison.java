package io.aftersend.query.variant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.campaign.CampaignNumbers;
import io.aftersend.query.campaign.CampaignReadModel;
import io.aftersend.query.campaign.CountsForm;
import io.aftersend.query.campaign.RatesJson;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.Route;
import io.aftersend.query.variant.Arm.Trials;
import io.aftersend.query.variant.Significance.Outcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/campaigns/{id}/compare`: the arms of a campaign's A/B test.
public final class Comparison implements Route.Operation {
  /// More arms than any test has.
  private static final int MAX_ARMS = 50;

  private static final double MISMATCH_P_VALUE = 0.01;
  private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);
  private static final int PROBABILITY_PLACES = 6;
  private static final String METHOD =
      "probability_best: Beta posterior of each arm under a uniform prior, integrated numerically;"
          + " difference: two-proportion z test against the control, pooled variance, two-sided;"
          + " sample_ratio: chi-squared test of messages per arm against the planned shares";

  private final CampaignReadModel campaigns;
  private final VariantReadModel variants;

  /// Comparisons of the arms of a read model.
  ///
  /// @param campaigns tell whether a campaign is the tenant's
  public Comparison(CampaignReadModel campaigns, VariantReadModel variants) {
    this.campaigns = campaigns;
    this.variants = variants;
  }

  @Override
  public Answer answer(Call call) {
    boolean isCsv =
        MediaTypes.preferred(call.request(), List.of(MediaTypes.JSON, MediaTypes.CSV))
            .equals(MediaTypes.CSV);
    ComparisonQuestion question = ComparisonQuestion.of(call.request());
    String campaign = call.path("id");
    List<Arm> read = variants.arms(call.tenant(), campaign, MAX_ARMS + 1);
    if (read.isEmpty() && !campaigns.exists(call.tenant(), campaign)) {
      throw CampaignNumbers.unknown();
    }
    List<Arm> arms = read.subList(0, Math.min(read.size(), MAX_ARMS));
    question.require(arms);
    List<Trials> trials = arms.stream().map(arm -> arm.trials(question.goal().metric())).toList();
    ObjectNode body =
        Json.object()
            .put("campaign", campaign)
            .put("goal", question.goal().wireName())
            .put("metric", question.goal().metric())
            .put("method", METHOD);
    ArrayNode rows = arms(question, arms, trials);
    String control = arms.isEmpty() ? null : control(question, arms).variant();
    body.put("control", control).set("arms", rows);
    ArrayNode warnings = Json.object().arrayNode();
    body.set("sample_ratio", sampleRatio(question, arms, trials, warnings));
    warnOf(read, trials, warnings);
    body.set("warnings", warnings);
    return isCsv ? Answer.csv(csv(arms, rows), "compare.csv") : Answer.json(body);
  }

  private static Arm control(ComparisonQuestion question, List<Arm> arms) {
    return arms.stream()
        .filter(arm -> arm.variant().equals(question.control()))
        .findFirst()
        .orElse(arms.getFirst());
  }

  private static ArrayNode arms(ComparisonQuestion question, List<Arm> arms, List<Trials> trials) {
    ArrayNode rows = Json.object().arrayNode();
    boolean isSound = trials.stream().allMatch(Trials::isSound) && !arms.isEmpty();
    double[] best = isSound ? BestProbability.of(trials) : new double[arms.size()];
    for (int i = 0; i < arms.size(); i++) {
      Arm arm = arms.get(i);
      ObjectNode row =
          rows.addObject()
              .put("variant", arm.variant())
              .put("messages", trials.get(i).messages())
              .put("successes", trials.get(i).successes())
              .put("probability_best", isSound ? probability(best[i]) : null);
      Arm control = control(question, arms);
      row.set(
          "difference",
          !isSound || arm.equals(control)
              ? row.nullNode()
              : difference(trials.get(i), control.trials(question.goal().metric())));
      row.set("counts", CountsForm.json(arm.counts()));
      row.set("rates", RatesJson.of(arm.rates()));
    }
    return rows;
  }

  private static JsonNode difference(Trials arm, Trials control) {
    Outcome outcome = Significance.difference(arm, control);
    return outcome == null
        ? Json.object().nullNode()
        : Json.object()
            .put("value", rounded(arm.rate() - control.rate()))
            .put("z", rounded(outcome.statistic()))
            .put("p_value", rounded(outcome.pValue()));
  }

  private static JsonNode sampleRatio(
      ComparisonQuestion question, List<Arm> arms, List<Trials> trials, ArrayNode warnings) {
    long[] messages = trials.stream().mapToLong(Trials::messages).toArray();
    double[] shares =
        arms.stream()
            .mapToDouble(arm -> question.split().getOrDefault(arm.variant(), 1.0))
            .toArray();
    Outcome outcome = Significance.shares(messages, shares);
    if (outcome == null) {
      return Json.object().nullNode();
    }
    boolean isMismatch = outcome.pValue() < MISMATCH_P_VALUE;
    if (isMismatch) {
      warn(
          warnings,
          "sample_ratio_mismatch",
          "The arms are not as large as planned, more than chance explains. Something chose who got"
              + " which arm: find it before believing any difference.");
    }
    return Json.object()
        .put("chi_squared", rounded(outcome.statistic()))
        .put("p_value", rounded(outcome.pValue()))
        .put("mismatch", isMismatch);
  }

  private static void warnOf(List<Arm> read, List<Trials> trials, ArrayNode warnings) {
    if (read.size() > MAX_ARMS) {
      warn(warnings, "too_many_arms", "Only the first " + MAX_ARMS + " arms are compared.");
    }
    if (read.size() < 2) {
      warn(warnings, "no_test", "There are not two arms to compare: sent events name a variant.");
    }
    if (!trials.stream().allMatch(Trials::isSound)) {
      warn(
          warnings,
          "unsent_successes",
          "An arm has more successes than messages sent: report all of its sent events.");
    }
  }

  private static void warn(ArrayNode warnings, String code, String detail) {
    warnings.addObject().put("code", code).put("detail", detail);
  }

  private static BigDecimal probability(double value) {
    return Json.shortest(
        BigDecimal.valueOf(Math.clamp(value, 0, 1))
            .setScale(PROBABILITY_PLACES, RoundingMode.HALF_EVEN));
  }

  private static BigDecimal rounded(double value) {
    return Json.shortest(new BigDecimal(value).round(SIX_DIGITS));
  }

  private static String csv(List<Arm> arms, ArrayNode rows) {
    List<String> columns =
        new ArrayList<>(
            List.of("variant", "messages", "successes", "probability_best", "z", "p_value"));
    columns.addAll(CountsForm.columns(CampaignReadModel.MAIN_TYPES));
    Csv csv = new Csv(columns);
    for (int i = 0; i < arms.size(); i++) {
      JsonNode row = rows.get(i);
      csv.id(row.path("variant").asText())
          .number(row.path("messages").asLong())
          .number(row.path("successes").asLong())
          .number(number(row.path("probability_best")))
          .number(number(row.path("difference").path("z")))
          .number(number(row.path("difference").path("p_value")));
      arms.get(i).counts().forEach(counts -> CountsForm.add(csv, counts));
      csv.endRow();
    }
    return csv.toString();
  }

  private static @Nullable BigDecimal number(JsonNode node) {
    return node.isNumber() ? node.decimalValue() : null;
  }
}
