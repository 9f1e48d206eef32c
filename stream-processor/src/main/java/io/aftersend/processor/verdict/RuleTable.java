package io.aftersend.processor.verdict;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The ordered rules by which hits are judged: signatures, of which the first that holds for a hit
/// decides, and in one block among them the behaviour rules, which claim what only signatures
/// behind the block hold for. `docs/verdicts.md` says it exactly. Unchangeable, for any thread.
///
/// The order matters: mail proxies and prefetchers come before programs in general, since lists of
/// programs name Gmail's and Yahoo's proxies too.
public final class RuleTable {
  private static final Judgement REPORTED = new Judgement(Verdict.HUMAN, List.of("reported"), 1);

  private final int version;
  private final String fingerprint;
  private final Map<EventType, List<Signature>> signatures = new EnumMap<>(EventType.class);
  private final List<BehaviourRule> behaviours;
  private final Set<Judgement> openJudgements = new HashSet<>();

  /// @param fingerprint of the file
  /// @param signatures in their order
  /// @param exact how many of them stand before the behaviour rules
  RuleTable(
      int version,
      String fingerprint,
      List<Signature> signatures,
      int exact,
      List<BehaviourRule> behaviours) {
    this.version = version;
    this.fingerprint = fingerprint;
    this.behaviours = List.copyOf(behaviours);
    for (EventType type : EventType.values()) {
      this.signatures.put(type, signatures.stream().filter(rule -> rule.judges(type)).toList());
    }
    signatures.subList(exact, signatures.size()).stream()
        .filter(rule -> rule.scope() != Scope.REPLY)
        .forEach(rule -> openJudgements.add(rule.judgement()));
  }

  /// Grows with every change of the rules; stands in every judged event.
  public int version() {
    return version;
  }

  /// Tells these rules from all others: the version and 16 hexadecimal digits of a digest of the
  /// file's content, its white space left out.
  public String fingerprint() {
    return fingerprint;
  }

  /// An event's own judgement, from nothing but the event. Pure.
  public Judgement judge(EventType type, EmailEvent event) {
    for (Signature rule : Objects.requireNonNull(signatures.get(type))) {
      if (rule.holdsFor(event)) {
        return rule.judgement();
      }
    }
    return REPORTED;
  }

  /// Whether behaviour rules may claim a hit with that own judgement.
  public boolean isOpen(Judgement own) {
    return openJudgements.contains(own);
  }

  /// Judges the entries of a message by their behaviour. Pure.
  ///
  /// @param entries by time
  /// @return for each entry the judgement of the rules that claim it, or null where none does
  public List<@Nullable Judgement> judge(List<Sighting> entries, Anchor anchor) {
    List<@Nullable Judgement> judgements = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      judgements.add(null);
    }
    List<@Nullable String> done = new ArrayList<>(1);
    for (Sighting entry : entries) {
      String provider = entry.provider();
      if (!done.contains(provider)) {
        done.add(provider);
        judgeGroup(entries, provider, anchor, judgements);
      }
    }
    return judgements;
  }

  private void judgeGroup(
      List<Sighting> entries,
      @Nullable String provider,
      Anchor anchor,
      List<@Nullable Judgement> judgements) {
    List<Sighting> group = new ArrayList<>(entries.size());
    int[] places = new int[entries.size()];
    for (int i = 0; i < entries.size(); i++) {
      if (Objects.equals(entries.get(i).provider(), provider)) {
        places[group.size()] = i;
        group.add(entries.get(i));
      }
    }
    for (BehaviourRule rule : behaviours) {
      boolean[] isClaimed = new boolean[group.size()];
      rule.claim(group, anchor, isClaimed);
      for (int i = 0; i < isClaimed.length; i++) {
        if (isClaimed[i]) {
          judgements.set(places[i], joined(judgements.get(places[i]), rule));
        }
      }
    }
  }

  private static Judgement joined(@Nullable Judgement before, BehaviourRule rule) {
    if (before == null) {
      return new Judgement(rule.verdict(), List.of(rule.name()), rule.confidence());
    }
    List<String> reasons = new ArrayList<>(before.reasons());
    reasons.add(rule.name());
    return new Judgement(before.verdict(), reasons, before.confidence());
  }
}
