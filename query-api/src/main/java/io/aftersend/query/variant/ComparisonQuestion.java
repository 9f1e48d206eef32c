package io.aftersend.query.variant;

import io.aftersend.query.http.ApiRequest;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Text;
import io.aftersend.query.problem.WrongParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The checked parameters of a request for a comparison.
///
/// @param goal what counts as success
/// @param control the arm that the others are held against; null: the first
/// @param split planned shares by variant; empty: equal ones
record ComparisonQuestion(Goal goal, @Nullable String control, Map<String, Double> split) {
  private static final List<String> PARAMETERS = List.of("goal", "control", "split");
  private static final Pattern SHARE =
      Pattern.compile("([A-Za-z0-9._~-]{1,64}):([0-9]{1,6}(?:\\.[0-9]{1,3})?)");
  private static final String OPENS_REFUSED =
      "expected clicks or conversions, got opens: blocked images hide them and machines that fetch"
          + " images add some, not alike in every arm, so that they decide nothing";

  /// What an arm can succeed in.
  enum Goal {
    CLICKS("clicks", "click_through_rate"),
    CONVERSIONS("conversions", "conversion_rate");

    private final String wireName;
    private final String metric;

    Goal(String wireName, String metric) {
      this.wireName = wireName;
      this.metric = metric;
    }

    String wireName() {
      return wireName;
    }

    /// The rate whose numerator counts the successes and whose denominator the messages.
    String metric() {
      return metric;
    }
  }

  static ComparisonQuestion of(ApiRequest request) {
    QueryParameters parameters = QueryParameters.of(request, PARAMETERS);
    String goal = parameters.text("goal");
    if (goal != null && goal.matches("open(s|ed)?")) {
      parameters.wrong("goal", OPENS_REFUSED);
    } else {
      goal = parameters.oneOf("goal", List.of("clicks", "conversions"), "clicks");
    }
    String control = parameters.text("control");
    if (control != null && !Text.isId(control)) {
      parameters.wrong("control", "expected " + Text.ID_EXPECTED + ", got " + Text.quoted(control));
    }
    Map<String, Double> split = split(parameters);
    parameters.throwIfWrong();
    return new ComparisonQuestion(
        "conversions".equals(goal) ? Goal.CONVERSIONS : Goal.CLICKS, control, split);
  }

  private static Map<String, Double> split(QueryParameters parameters) {
    Map<String, Double> split = new LinkedHashMap<>();
    String text = parameters.text("split");
    if (text == null) {
      return split;
    }
    for (String element : text.split(",", -1)) {
      Matcher share = SHARE.matcher(element);
      double weight = share.matches() ? Double.parseDouble(share.group(2)) : 0;
      if (weight <= 0 || split.put(share.group(1), weight) != null) {
        parameters.wrong(
            "split",
            "expected each variant once with its share above 0, such as a:50,b:50, got "
                + Text.quoted(text));
        return Map.of();
      }
    }
    return split;
  }

  /// Checks the parameters against the arms that there are.
  ///
  /// @throws ProblemException 400 where they name none of them, or not all
  void require(List<Arm> arms) {
    List<String> variants = arms.stream().map(Arm::variant).toList();
    WrongParameters wrong = new WrongParameters();
    if (control != null && !variants.contains(control)) {
      wrong.add(
          "control", "expected one of the arms " + variants + ", got " + Text.quoted(control));
    }
    if (!split.isEmpty() && !split.keySet().equals(Set.copyOf(variants))) {
      wrong.add("split", "expected the arms " + variants + ", got " + split.keySet());
    }
    wrong.throwIfAny();
  }
}
