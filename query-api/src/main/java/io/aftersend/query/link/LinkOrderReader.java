package io.aftersend.query.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.PixelPosition;
import io.aftersend.links.TrackingMode;
import io.aftersend.query.http.Text;
import io.aftersend.query.link.LinkOrder.Target;
import io.aftersend.query.problem.WrongParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The reader of the bodies of `POST /links`, which notes everything that is wrong. For one
/// request.
final class LinkOrderReader {
  static final int MAX_MESSAGES = 1_000;

  /// Each becomes a URL of some hundred characters: bounds the answer.
  static final int MAX_URLS = 10_000;

  private static final int MAX_TRACKED_LINKS = 65_535;
  private static final String MESSAGES = "messages";

  private static final Set<String> MESSAGE_FIELDS =
      Set.of(
          "campaign",
          "message",
          "recipient",
          "list",
          "account",
          "variant",
          "position",
          "tracked_links",
          "mode",
          "test",
          "urls");
  private static final Set<String> URL_FIELDS = Set.of("url", "link", "conversion_param");

  private final String tenant;
  private final long issuedAtSeconds;
  private final WrongParameters wrong;
  private int urlCount;

  LinkOrderReader(String tenant, long issuedAtSeconds, WrongParameters wrong) {
    this.tenant = tenant;
    this.issuedAtSeconds = issuedAtSeconds;
    this.wrong = wrong;
  }

  /// Whether the body is the bulk form.
  static boolean isBulk(ObjectNode body) {
    return body.has(MESSAGES);
  }

  /// The messages of either form; not to be used when anything was noted as wrong.
  List<LinkOrder> read(ObjectNode body) {
    List<LinkOrder> orders = new ArrayList<>();
    if (!isBulk(body)) {
      orders.add(message(body, ""));
      return orders;
    }
    refuseUnknown(body, "", Set.of(MESSAGES));
    if (!(body.get(MESSAGES) instanceof ArrayNode array)
        || array.isEmpty()
        || array.size() > MAX_MESSAGES) {
      wrong.add(MESSAGES, "expected an array of 1 to " + MAX_MESSAGES + " messages");
      return orders;
    }
    for (int i = 0; i < array.size(); i++) {
      String path = MESSAGES + "[" + i + "]";
      if (array.get(i) instanceof ObjectNode message) {
        orders.add(message(message, path + "."));
      } else {
        wrong.add(path, "expected an object");
      }
    }
    return orders;
  }

  private LinkOrder message(ObjectNode node, String path) {
    refuseUnknown(node, path, MESSAGE_FIELDS);
    if (!node.hasNonNull("message")) {
      wrong.add(path + "message", "expected " + Text.ID_EXPECTED + ", got none");
    }
    List<Target> targets = targets(node, path);
    Integer trackedLinks = trackedLinks(node, path);
    TrackingMode mode =
        word(
            node,
            path,
            "mode",
            "none, aggregate, deliverability or full",
            TrackingMode::ofWireName);
    LinkClaims claims =
        LinkClaims.forTenant(tenant)
            .campaign(id(node, path, "campaign"))
            .message(id(node, path, "message"))
            .recipient(id(node, path, "recipient"))
            .list(id(node, path, "list"))
            .account(id(node, path, "account"))
            .variant(id(node, path, "variant"))
            .trackingMode(mode == null ? TrackingMode.FULL : mode)
            .test(flag(node, path, "test"))
            .trackedLinks(trackedLinks == null ? (Integer) targets.size() : trackedLinks)
            .issuedAtSeconds(issuedAtSeconds)
            .build();
    PixelPosition position =
        word(node, path, "position", "top or bottom", PixelPosition::ofWireName);
    return new LinkOrder(path, claims, position, targets);
  }

  private List<Target> targets(ObjectNode node, String path) {
    List<Target> targets = new ArrayList<>();
    JsonNode urls = node.get("urls");
    if (urls == null || urls.isNull()) {
      return targets;
    }
    if (!(urls instanceof ArrayNode array)) {
      wrong.add(path + "urls", "expected an array, got " + shown(urls));
      return targets;
    }
    urlCount += array.size();
    if (urlCount > MAX_URLS) {
      wrong.add(path + "urls", "expected at most " + MAX_URLS + " URLs in all");
      return targets;
    }
    for (int i = 0; i < array.size(); i++) {
      Target target = target(array.get(i), path + "urls[" + i + "]", Integer.toString(i + 1));
      if (target != null) {
        targets.add(target);
      }
    }
    return targets;
  }

  private @Nullable Target target(JsonNode node, String path, String position) {
    if (node.isTextual()) {
      return new Target(path, position, node.textValue(), null);
    }
    if (!(node instanceof ObjectNode object)) {
      wrong.add(path, "expected a URL or an object with url, got " + shown(node));
      return null;
    }
    refuseUnknown(object, path + ".", URL_FIELDS);
    String link = id(object, path + ".", "link");
    String parameter = id(object, path + ".", "conversion_param");
    JsonNode url = object.path("url");
    if (!url.isTextual()) {
      wrong.add(path + ".url", "expected a URL, got " + shown(url));
      return null;
    }
    return new Target(path + ".url", link == null ? position : link, url.textValue(), parameter);
  }

  private void refuseUnknown(ObjectNode node, String path, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                String expected = String.join(", ", known.stream().sorted().toList());
                wrong.add(path + field, "expected " + expected + ", got an unknown field");
              }
            });
  }

  private @Nullable String id(ObjectNode node, String path, String field) {
    return word(node, path, field, Text.ID_EXPECTED, text -> Text.isId(text) ? text : null);
  }

  private <T> @Nullable T word(
      ObjectNode node,
      String path,
      String field,
      String expected,
      Function<String, @Nullable T> meaning) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    T meant = value.isTextual() ? meaning.apply(value.textValue()) : null;
    if (meant == null) {
      wrong.add(path + field, "expected " + expected + ", got " + shown(value));
    }
    return meant;
  }

  private boolean flag(ObjectNode node, String path, String field) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      wrong.add(path + field, "expected true or false, got " + shown(value));
    }
    return value.booleanValue();
  }

  private @Nullable Integer trackedLinks(ObjectNode node, String path) {
    JsonNode value = node.get("tracked_links");
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isInt() || value.intValue() < 0 || value.intValue() > MAX_TRACKED_LINKS) {
      wrong.add(
          path + "tracked_links",
          "expected a whole number from 0 to " + MAX_TRACKED_LINKS + ", got " + shown(value));
      return null;
    }
    return value.intValue();
  }

  private static String shown(JsonNode value) {
    if (value.isTextual()) {
      return Text.quoted(value.textValue());
    }
    return value.isNumber()
        ? Text.quoted(value.asText())
        : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
