package io.aftersend.processor.rejudge;

import io.aftersend.processor.ProcessorConfig;
import io.aftersend.processor.count.Recount;
import io.aftersend.processor.count.Recounted;
import io.aftersend.processor.enrich.Agents;
import io.aftersend.processor.enrich.EnrichMetrics;
import io.aftersend.processor.enrich.Enrichment;
import io.aftersend.processor.enrich.PlacesFiles;
import io.aftersend.processor.verdict.RuleFile;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.schemas.event.JudgedEvent;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Judges all stored events again under other rules than those they were judged by. Holds one
/// message at a time. For one thread.
public final class Rejudge implements AutoCloseable {
  /// A message with more events is left as it is: a machine loads its pixel without end.
  private static final int MAX_EVENTS = 20_000;

  private final RuleTable rules;
  private final PlacesFiles places;
  private final Recount recount;
  private final EventLog log;

  private Rejudge(RuleTable rules, PlacesFiles places, Recount recount, EventLog log) {
    this.rules = rules;
    this.places = places;
    this.recount = recount;
    this.log = log;
  }

  /// Reads the rules and prepares; brings the tables up to date.
  ///
  /// @param rulesFile null for the rules that we ship
  /// @throws io.aftersend.runtime.lifecycle.StartupException where the rules are not as expected,
  ///   or ClickHouse cannot be used; as all methods do
  public static Rejudge open(ProcessorConfig config, @Nullable Path rulesFile) {
    RuleTable rules = RuleFile.read(rulesFile);
    EnrichMetrics metrics = new EnrichMetrics(new PrometheusRegistry());
    config.sink().clickHouse().migrate();
    PlacesFiles places = PlacesFiles.start(config.placesFiles(), metrics);
    Enrichment enrichment = new Enrichment(Agents.load(metrics), places, metrics);
    Recount recount = new Recount(rules, enrichment, config.streams().hindsight());
    return new Rejudge(rules, places, recount, new EventLog(config.sink().clickHouse()));
  }

  /// The rules by which events are judged.
  public RuleTable rules() {
    return rules;
  }

  /// Finds what would change, and writes each event that comes out otherwise into the table
  /// `rejudged_hits`. Changes nothing else.
  ///
  /// @param progress is told the number of events so far, now and then
  public Comparison compare(Selection selection, LongConsumer progress)
      throws InterruptedException {
    Comparison comparison = new Comparison();
    HitRows rows = new HitRows(log, rules.fingerprint(), rules.version());
    log.clearHits(rules.fingerprint());
    forEach(
        selection,
        new Taker() {
          @Override
          public void take(String key, List<JudgedEvent> before, Recounted after)
              throws InterruptedException {
            comparison.add(before, after.events());
            progress.accept(comparison.events());
            for (int i = 0; after.isChanged() && i < before.size(); i++) {
              JudgedEvent event = after.events().get(i);
              if (event.getRevision() != before.get(i).getRevision()) {
                rows.add(before.get(i), event);
              }
            }
          }

          @Override
          public void leave(String key) {
            comparison.leave();
          }
        });
    rows.flush();
    return comparison;
  }

  /// Has the running processor take all that would change, and with it the tables. What it does not
  /// take, since events came in meanwhile, is worked out again.
  ///
  /// @throws io.aftersend.runtime.lifecycle.StartupException where no processor with these rules
  ///   takes it; nothing was changed then
  public Swap swap(ProcessorConfig.Kafka kafka, Selection selection, LongConsumer progress)
      throws InterruptedException {
    try (RejudgementTopic topic = new RejudgementTopic(kafka)) {
      return new Swapping(this, log, topic, selection, progress).run();
    }
  }

  /// Gets each message in each campaign.
  interface Taker {
    void take(String key, List<JudgedEvent> before, Recounted after) throws InterruptedException;

    /// A message with too many events.
    void leave(String key);
  }

  void forEach(Selection selection, Taker taker) throws InterruptedException {
    List<String> tenants = selection.tenant() == null ? log.tenants() : List.of(selection.tenant());
    for (String tenant : tenants) {
      StoredMessages messages =
          new StoredMessages(MAX_EVENTS, message -> take(message, selection, taker));
      log.read(tenant, selection.campaign(), messages::add);
      messages.end();
    }
  }

  private void take(StoredMessage message, Selection selection, Taker taker)
      throws InterruptedException {
    if (!message.isWhole()) {
      taker.leave(message.key());
      return;
    }
    for (List<JudgedEvent> events : Recount.byFacts(message.key(), message.events())) {
      if (isSelected(events, selection.campaign())) {
        taker.take(message.key(), events, recount.of(message.key(), events));
      }
    }
  }

  private static boolean isSelected(List<JudgedEvent> events, @Nullable String campaign) {
    return campaign == null
        || events.stream().anyMatch(event -> campaign.equals(event.getCampaign()));
  }

  @Override
  public void close() {
    log.close();
    places.close();
  }
}
