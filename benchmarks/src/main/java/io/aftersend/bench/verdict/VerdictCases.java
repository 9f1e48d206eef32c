package io.aftersend.bench.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersend.bench.verdict.VerdictCase.KnownHit;
import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EmailEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The labelled cases, which lie beside this class as JSON: `agents`, each a hit alone, long after
/// its delivery, and `situations`, each the hits of one message with the agent of a plain browser.
final class VerdictCases {
  /// When every message was delivered.
  static final Instant DELIVERED = Instant.parse("2026-06-01T12:00:00Z");

  private static final String RESOURCE = "cases.json";
  private static final long LATER_MS = 3_600_000;
  private static final String BROWSER =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/141.0.0.0 Safari/537.36";

  private VerdictCases() {}

  static List<VerdictCase> all() {
    JsonNode root = read();
    List<VerdictCase> cases = new ArrayList<>();
    for (JsonNode agent : root.required("agents")) {
      cases.add(of(agent, agent.required("agent").asText(), List.of(hit(agent, LATER_MS))));
    }
    for (JsonNode situation : root.required("situations")) {
      List<KnownHit> hits = new ArrayList<>();
      for (JsonNode hit : situation.required("hits")) {
        hits.add(hit(hit, hit.required("after_ms").asLong()));
      }
      cases.add(of(situation, situation.required("name").asText(), hits));
    }
    return cases;
  }

  private static VerdictCase of(JsonNode node, String name, List<KnownHit> hits) {
    String part = node.required("part").asText();
    boolean isHeldOut = part.equals("held_out");
    if (!isHeldOut && !part.equals("written_from")) {
      throw new IllegalStateException("expected held_out or written_from, got " + part);
    }
    return new VerdictCase(isHeldOut, name, node.required("source").asText(), hits);
  }

  private static KnownHit hit(JsonNode node, long afterMs) {
    EmailEvent event = new EmailEvent();
    event.setType(node.required("type").asText());
    event.setEventTime(DELIVERED.plusMillis(afterMs));
    event.setUserAgent(node.path("agent").asText(BROWSER));
    event.setMethod("GET");
    event.setLink(textOrNull(node, "link"));
    event.setNetworkClass(node.has("agent") ? textOrNull(node, "network") : "other");
    event.setIp(node.has("agent") ? null : textOrNull(node, "network"));
    return new KnownHit(event, Verdict.ofWireName(node.required("expected").asText()));
  }

  private static @Nullable String textOrNull(JsonNode node, String field) {
    return node.has(field) ? node.required(field).asText() : null;
  }

  private static JsonNode read() {
    try (InputStream in = VerdictCases.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("expected the resource " + RESOURCE);
      }
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
