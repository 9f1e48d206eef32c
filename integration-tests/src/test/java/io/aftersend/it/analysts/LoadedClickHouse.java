package io.aftersend.it.analysts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests one engine that holds the known campaigns, the same for all classes of a run; tests
/// only read it.
final class LoadedClickHouse implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LoadedClickHouse.class);
  private static final long SEED = 20_261_005;
  private static final int BLOCK = 1_000;

  /// The engine and what it holds.
  ///
  /// @param events all of them, of two tenants
  record Loaded(LoneClickHouse clickHouse, List<KnownEvent> events) implements AutoCloseable {
    /// What counts of the tenant whom the page asks about: no proofs, and nothing that a provider
    /// reported beside our own.
    List<KnownEvent> counted() {
      return events.stream()
          .filter(event -> event.tenant().equals(KnownCampaigns.TENANT))
          .filter(event -> event.isCounted() && event.text("provider").isEmpty())
          .toList();
    }

    /// The same of one campaign.
    List<KnownEvent> counted(String campaign) {
      return counted().stream().filter(event -> event.campaign().equals(campaign)).toList();
    }

    @Override
    public void close() {
      clickHouse.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    return parameter.getParameter().getType() == Loaded.class;
  }

  @Override
  public Loaded resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    return extension
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Loaded.class, type -> load(), Loaded.class);
  }

  /// An engine of its own, for who writes.
  static Loaded load() {
    try {
      LoneClickHouse clickHouse =
          LoneClickHouse.startIn(Files.createTempDirectory("aftersend-analysts"));
      List<KnownEvent> events = KnownCampaigns.events(SEED);
      insert(clickHouse, "event_log", events.stream().map(KnownEvent::row).toList());
      // Older judgements come last, and some again, as after a restart of the sink.
      insert(clickHouse, "event_log", events.stream().map(KnownEvent::earlierRow).toList());
      insert(clickHouse, "event_log", events.stream().limit(BLOCK).map(KnownEvent::row).toList());
      insert(clickHouse, "campaign_metrics", CountedRows.campaigns(events));
      insert(clickHouse, "link_metrics", CountedRows.links(events));
      insert(clickHouse, "heatmap_buckets", CountedRows.buckets(events));
      return new Loaded(clickHouse, events);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void insert(
      LoneClickHouse clickHouse, String table, List<Map<String, Object>> rows) {
    List<Map<String, Object>> left = new ArrayList<>(rows);
    while (!left.isEmpty()) {
      List<Map<String, Object>> block = left.subList(0, Math.min(BLOCK, left.size()));
      clickHouse.insert(table, block);
      block.clear();
    }
  }
}
