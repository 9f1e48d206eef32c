package io.aftersend.it;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What became of every message of a load, as its sender saw it. Each message is of exactly one
/// event, so that counting a message's rows is counting what one request left behind.
///
/// Messages have numbers from 0. Safe for any thread as long as each number is written by one.
final class HitLedger {
  /// What a message's one event is.
  enum Kind {
    OPENED('o'),
    CLICKED('c'),
    DELIVERED('d');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    /// The event's type.
    String type() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How far a message's request came.
  enum Fate {
    /// Not a byte of it was sent.
    UNSENT,
    /// It was sent, at least in part, and no whole answer came back.
    CUT,
    /// The answer that promises to count it came back, head and body.
    ANSWERED,
    /// Another whole answer came back.
    REFUSED
  }

  private static final int SHOWN_PROBLEMS = 20;
  private static final Kind[] KINDS = Kind.values();
  private static final Fate[] FATES = Fate.values();

  private final String campaign;
  private final byte[] kinds;
  private final byte[] fates;
  private final AtomicInteger size = new AtomicInteger();

  /// @param campaign of all messages; their ids begin with it
  /// @param capacity the most messages
  HitLedger(String campaign, int capacity) {
    this.campaign = campaign;
    kinds = new byte[capacity];
    fates = new byte[capacity];
  }

  String campaign() {
    return campaign;
  }

  /// How many messages there are.
  int size() {
    return size.get();
  }

  /// Adds unsent messages.
  ///
  /// @return the first one's number; the others follow it
  int add(Kind kind, int count) {
    int first = size.getAndAdd(count);
    if (first + count > kinds.length) {
      throw new IllegalStateException("the ledger holds no more than " + kinds.length);
    }
    for (int number = first; number < first + count; number++) {
      kinds[number] = code(kind);
    }
    return first;
  }

  void mark(int first, int count, Fate fate) {
    for (int number = first; number < first + count; number++) {
      fates[number] = code(fate);
    }
  }

  @SuppressWarnings("EnumOrdinal") // There are millions of messages: each has a byte.
  private static byte code(Enum<?> value) {
    return (byte) value.ordinal();
  }

  Kind kind(int number) {
    return KINDS[kinds[number]];
  }

  Fate fate(int number) {
    return FATES[fates[number]];
  }

  /// The message's id.
  String message(int number) {
    return campaign + "-" + kind(number).letter + number;
  }

  /// The number in a message's id; fails when no such message is in this ledger.
  int number(String message) {
    int start = campaign.length() + 2;
    int number = -1;
    if (message.startsWith(campaign + "-") && message.length() > start) {
      number = Integer.parseInt(message, start, message.length(), 10);
    }
    if (number < 0 || number >= size() || !message(number).equals(message)) {
      throw new AssertionError("nobody sent a message named " + message);
    }
    return number;
  }

  /// How many messages came to each fate.
  Map<Fate, Integer> fates() {
    Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
    for (int number = 0; number < size(); number++) {
      counts.merge(fate(number), 1, Integer::sum);
    }
    return counts;
  }

  /// What contradicts the promise that every answered message counts once and no other one more
  /// than once: one line for each of the first such messages, and how many there are.
  ///
  /// @param timesSeen by the message's number
  List<String> problems(int[] timesSeen) {
    List<String> problems = new ArrayList<>();
    int count = 0;
    for (int number = 0; number < timesSeen.length; number++) {
      String problem = problem(number, timesSeen[number]);
      if (problem != null && ++count <= SHOWN_PROBLEMS) {
        problems.add(problem);
      }
    }
    if (count > SHOWN_PROBLEMS) {
      problems.add("… " + count + " of " + timesSeen.length + " in all");
    }
    return problems;
  }

  /// How many answered messages were not seen at all.
  int missing(int[] timesSeen) {
    int missing = 0;
    for (int number = 0; number < timesSeen.length; number++) {
      if (fate(number) == Fate.ANSWERED && timesSeen[number] == 0) {
        missing++;
      }
    }
    return missing;
  }

  private @Nullable String problem(int number, int times) {
    boolean isRight =
        switch (fate(number)) {
          case ANSWERED -> times == 1;
          case CUT, REFUSED -> times <= 1;
          case UNSENT -> times == 0;
        };
    return isRight ? null : message(number) + " " + fate(number) + ": seen " + times + " times";
  }
}
