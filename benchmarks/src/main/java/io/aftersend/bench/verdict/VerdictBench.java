package io.aftersend.bench.verdict;

import io.aftersend.bench.verdict.VerdictCase.KnownHit;
import io.aftersend.processor.verdict.Anchor;
import io.aftersend.processor.verdict.Judgement;
import io.aftersend.processor.verdict.RuleFile;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.processor.verdict.Sighting;
import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges the labelled cases and prints a confusion matrix for each part: the cases that the rules
/// were written from, which they ought to get right, and those held out, which say how they do
/// elsewhere.
public final class VerdictBench {
  private final RuleTable rules;
  private final List<VerdictCase> cases;

  private VerdictBench(RuleTable rules, List<VerdictCase> cases) {
    this.rules = rules;
    this.cases = cases;
  }

  /// Runs it.
  ///
  /// @param rulesFile the rules to judge by; null for those that we ship
  /// @param areMistakesShown whether every wrong verdict is printed with its source
  public static void run(@Nullable Path rulesFile, boolean areMistakesShown, PrintStream out) {
    VerdictBench bench = new VerdictBench(RuleFile.read(rulesFile), VerdictCases.all());
    out.printf("Rules of version %d%n", bench.rules.version());
    bench.print(false, "Cases that the rules were written from", areMistakesShown, out);
    bench.print(true, "Cases held out", areMistakesShown, out);
    out.flush();
  }

  private void print(boolean isHeldOut, String title, boolean areMistakesShown, PrintStream out) {
    ConfusionMatrix matrix = new ConfusionMatrix();
    List<String> mistakes = new ArrayList<>();
    for (VerdictCase known : cases) {
      if (known.isHeldOut() == isHeldOut) {
        List<Judgement> judgements = judge(rules, known);
        for (int i = 0; i < judgements.size(); i++) {
          Verdict expected = known.hits().get(i).expected();
          Judgement judgement = judgements.get(i);
          matrix.add(expected, judgement.verdict());
          if (expected != judgement.verdict()) {
            mistakes.add(
                "%s, not %s (%s): %s [%s]"
                    .formatted(
                        judgement.verdict().wireName(),
                        expected.wireName(),
                        String.join(" ", judgement.reasons()),
                        known.name(),
                        known.source()));
          }
        }
      }
    }
    out.printf("%n%s%n", title);
    matrix.print(out);
    if (areMistakesShown) {
      mistakes.forEach(out::println);
    }
  }

  /// The verdicts of a message's hits when all of it is known.
  static List<Judgement> judge(RuleTable rules, VerdictCase known) {
    List<Judgement> judgements = new ArrayList<>();
    List<Sighting> entries = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (KnownHit hit : known.hits()) {
      EventType type = type(hit.event());
      Judgement own = rules.judge(type, hit.event());
      boolean isOpen = rules.isOpen(own);
      if (isOpen || own.verdict() == Verdict.SCANNER || own.verdict() == Verdict.BOT) {
        places.add(judgements.size());
        entries.add(sighting(type, hit.event(), isOpen));
      }
      judgements.add(own);
    }
    Anchor anchor = new Anchor(VerdictCases.DELIVERED.toEpochMilli(), null);
    List<@Nullable Judgement> later = rules.judge(entries, anchor);
    for (int i = 0; i < later.size(); i++) {
      Judgement judgement = later.get(i);
      if (judgement != null) {
        judgements.set(places.get(i), judgement);
      }
    }
    return judgements;
  }

  private static Sighting sighting(EventType type, EmailEvent event, boolean isOpen) {
    return new Sighting(
        type,
        event.getEventTime().toEpochMilli(),
        null,
        Sighting.link(type, event.getLink()),
        Sighting.network(event.getIp(), event.getNetworkClass()),
        isOpen);
  }

  private static EventType type(EmailEvent event) {
    EventType type = EventType.ofWireName(event.getType());
    if (type == null) {
      throw new IllegalStateException("expected a known event type, got " + event.getType());
    }
    return type;
  }
}
