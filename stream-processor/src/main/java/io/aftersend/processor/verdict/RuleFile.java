package io.aftersend.processor.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the table of rules from JSON, as `docs/verdicts.md` describes it. Strict: an unknown field
/// is an error, since a condition that is silently left out would judge people to be machines.
public final class RuleFile {
  private static final String BUILT_IN = "verdict-rules.json";
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,64}");
  private static final int MAX_DISTINCT = 64;
  private static final int DIGEST_BYTES = 8;
  private static final List<String> NEEDED =
      List.of("name", "on", "verdict", "confidence", "source", "scope", "evidence");
  private static final List<String> ALLOWED =
      List.of("reasons", "within", "before_delivery", "after_delivery", "note");
  private static final Set<String> BEHAVIOURS =
      Set.of("distinct_links", "distinct_networks", "unsubscribe_with_link", "soon_after_delivery");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<Signature> signatures = new ArrayList<>();
  private final List<BehaviourRule> behaviours = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private int exact;
  private boolean isInBlock;
  private boolean isBehindBlock;

  private RuleFile() {}

  /// The table that we ship.
  public static RuleTable builtIn() {
    try (InputStream in = RuleFile.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException("expected the resource " + BUILT_IN);
      }
      return parse(BUILT_IN, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + BUILT_IN, e);
    }
  }

  /// The table in that file, or the one that we ship where none is named.
  ///
  /// @throws RuleFileException where it cannot be read or is not as expected
  public static RuleTable read(@Nullable Path file) {
    if (file == null) {
      return builtIn();
    }
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new RuleFileException(file.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  /// @param file names it in errors
  static RuleTable parse(String file, byte[] bytes) {
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new RuleFileException(
          file, "expected JSON%s: %s".formatted(place, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
    try {
      return new RuleFile().table(new RulePlace(root, ""));
    } catch (RulePlace.Wrong e) {
      throw new RuleFileException(file, String.valueOf(e.getMessage()), e);
    }
  }

  private RuleTable table(RulePlace root) {
    root.object(List.of("version", "rules"), List.of());
    int version = root.field("version").wholeNumber(1, Integer.MAX_VALUE);
    List<RulePlace> rules = root.field("rules").elements();
    for (int i = 0; i < rules.size(); i++) {
      JsonNode node = rules.get(i).node();
      String name = node.path("name").asText("without name");
      addRule(new RulePlace(node, "rule %d (%s)".formatted(i + 1, name)), i == rules.size() - 1);
    }
    return new RuleTable(
        version,
        version + "-" + digest(root.node()),
        signatures,
        isInBlock || isBehindBlock ? exact : signatures.size(),
        behaviours);
  }

  private static String digest(JsonNode root) {
    try {
      byte[] bytes = root.toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void addRule(RulePlace rule, boolean isLast) {
    rule.object(NEEDED, ALLOWED);
    String name = rule.field("name").text();
    if (!NAME.matcher(name).matches() || !names.add(name)) {
      throw rule.field("name").expected("a name of its own, of 1 to 64 of a-z 0-9 _");
    }
    rule.field("source").text();
    RulePlace note = rule.fieldOrNull("note");
    if (note != null) {
      note.text();
    }
    boolean isOn = rule.field("on").flag();
    boolean isBehaviour = rule.field("evidence").names().stream().anyMatch(BEHAVIOURS::contains);
    if (isLast) {
      requireCatchAll(rule, isOn);
    }
    if (isBehaviour) {
      BehaviourRule behaviour = behaviour(rule, name);
      enterBlock(rule);
      if (isOn) {
        behaviours.add(behaviour);
      }
    } else {
      Signature signature = signature(rule, name, isLast);
      isBehindBlock = isInBlock;
      if (isOn) {
        requireClear(rule, signature);
        signatures.add(signature);
      }
    }
  }

  private void enterBlock(RulePlace rule) {
    if (isBehindBlock) {
      throw new RulePlace.Wrong(
          rule.path(), "expected all behaviour rules to stand together, got a signature between");
    }
    if (!isInBlock) {
      exact = signatures.size();
      isInBlock = true;
    }
  }

  private static void requireCatchAll(RulePlace rule, boolean isOn) {
    if (!isOn
        || !rule.field("evidence").node().isEmpty()
        || !rule.field("scope").text().equals(Scope.BOTH.wireName())) {
      throw new RulePlace.Wrong(
          rule.path(),
          "expected the last rule to be on, of scope both and without evidence, for what no other"
              + " rule judges");
    }
  }

  /// The judgement says on which side of the behaviour rules a signature stands.
  private void requireClear(RulePlace rule, Signature signature) {
    if (isInBlock
        && signatures.subList(0, exact).stream()
            .anyMatch(before -> before.judgement().equals(signature.judgement()))) {
      throw rule.field("confidence")
          .expected(
              "another confidence or other reasons than a signature before the behaviour rules has");
    }
  }

  private static Signature signature(RulePlace rule, String name, boolean isLast) {
    for (String window : List.of("within", "before_delivery", "after_delivery")) {
      RulePlace place = rule.fieldOrNull(window);
      if (place != null) {
        throw place.expected("windows in behaviour rules alone");
      }
    }
    RulePlace reasons = rule.fieldOrNull("reasons");
    Judgement judgement =
        new Judgement(
            verdict(rule),
            reasons == null ? List.of(name) : reasons.texts(),
            rule.field("confidence").share());
    RulePlace evidence = rule.field("evidence").object(List.of(), evidenceNames());
    List<Evidence> conditions = new ArrayList<>();
    for (String condition : evidence.names()) {
      conditions.add(condition(condition, evidence.field(condition)));
    }
    if (conditions.isEmpty() && !isLast) {
      throw evidence.expected("evidence in every rule but the last");
    }
    return new Signature(scope(rule), judgement, conditions);
  }

  private static List<String> evidenceNames() {
    List<String> names =
        new ArrayList<>(
            List.of(
                "method",
                "prefetch_header",
                "auto_reply",
                "agent_is",
                "agent_holds",
                "agent_holds_any",
                "agent_product",
                "agent_word_end",
                "network"));
    BEHAVIOURS.stream().sorted().forEach(names::add);
    return names;
  }

  private static Evidence condition(String name, RulePlace place) {
    return switch (name) {
      case "method" -> new Evidence.Method(place.text());
      case "prefetch_header" -> {
        place.yes();
        yield new Evidence.PrefetchHeader();
      }
      case "auto_reply" -> {
        place.yes();
        yield new Evidence.AutoReply();
      }
      case "agent_is" -> new Evidence.AgentIs(place.text());
      case "agent_holds" -> new Evidence.AgentHolds(place.texts());
      case "agent_holds_any" -> new Evidence.AgentHoldsAny(place.texts());
      case "agent_product" -> new Evidence.AgentProduct(place.texts());
      case "agent_word_end" -> new Evidence.AgentWordEnd(place.texts());
      case "network" -> new Evidence.Network(place.text());
      default -> throw place.expected("a known condition");
    };
  }

  private static BehaviourRule behaviour(RulePlace rule, String name) {
    RulePlace evidence = rule.field("evidence");
    if (evidence.names().size() != 1) {
      throw evidence.expected("one condition alone, where it is a behaviour");
    }
    RulePlace reasons = rule.fieldOrNull("reasons");
    if (reasons != null) {
      throw reasons.expected("no reasons in a behaviour rule, whose name is the reason");
    }
    Scope scope = scope(rule);
    if (scope == Scope.REPLY) {
      throw rule.field("scope").expected("pixel, click or both in a behaviour rule");
    }
    String condition = evidence.names().getFirst();
    boolean isSoon = condition.equals("soon_after_delivery");
    RulePlace unfit = rule.fieldOrNull(isSoon ? "after_delivery" : "before_delivery");
    if (unfit != null) {
      throw unfit.expected("no such field with " + condition);
    }
    RulePlace after = rule.fieldOrNull("after_delivery");
    return new BehaviourRule(
        name,
        scope,
        verdict(rule),
        rule.field("confidence").share(),
        behaviour(rule, condition, evidence.field(condition)),
        rule.field("within").windows(),
        after == null ? null : after.windows());
  }

  private static Behaviour behaviour(RulePlace rule, String condition, RulePlace place) {
    return switch (condition) {
      case "distinct_links" -> new Behaviour.DistinctLinks(place.wholeNumber(2, MAX_DISTINCT));
      case "distinct_networks" ->
          new Behaviour.DistinctNetworks(place.wholeNumber(2, MAX_DISTINCT));
      case "unsubscribe_with_link" -> {
        place.yes();
        yield new Behaviour.UnsubscribeWithLink();
      }
      default -> {
        place.yes();
        yield new Behaviour.SoonAfterDelivery(rule.field("before_delivery").windows());
      }
    };
  }

  private static Verdict verdict(RulePlace rule) {
    RulePlace place = rule.field("verdict");
    try {
      return Verdict.ofWireName(place.text());
    } catch (IllegalArgumentException e) {
      throw place.expected("human, proxy, prefetch, scanner, bot or preview");
    }
  }

  private static Scope scope(RulePlace rule) {
    RulePlace place = rule.field("scope");
    Scope scope = Scope.ofWireName(place.text());
    if (scope == null) {
      throw place.expected("pixel, click, both or reply");
    }
    return scope;
  }
}
