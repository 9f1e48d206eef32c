package io.aftersend.processor.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.aftersend.processor.enrich.EnrichMetrics.AgentResult;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import ua_parser.Parser;

/// Reads user agents: the library uap-java behind a cache, since there are few agents among many
/// hits. Safe for any thread.
///
/// Whatever hits send as their agent, reading it never throws, and takes a bounded time: of one
/// agent because it is cut, of all because the library has a [ReadingBudget]. An agent beyond it is
/// read by its plainest signs alone, and not remembered.
public final class Agents {
  /// Agents remembered: far more than are common at a time, some 5 MiB when full. The cache keeps
  /// what is asked for often, so that invented agents do not push out the real ones.
  private static final int CACHE_SIZE = 10_000;

  /// Characters of an agent that the library gets. What it looks for stands before, while its
  /// regular expressions take time in proportion.
  private static final int MAX_LENGTH = 512;

  /// A longer name is no program's, but something that a hit made up.
  private static final int MAX_NAME = 64;

  private static final String NOTHING = "Other";
  private static final String MAC = "macOS";

  private static final Set<String> WORDS_OF_PLATFORM = Set.of("Mobile", "iOS");
  private static final List<String> SIGNS_OF_ROBOT = List.of("bot", "spider", "crawler");

  private final Parser library;
  private final ReadingBudget budget;
  private final LongSupplier clockNs;
  private final EnrichMetrics metrics;
  private final Cache<String, Client> known =
      Caffeine.newBuilder().maximumSize(CACHE_SIZE).executor(Runnable::run).build();

  /// @param clockNs such as [System#nanoTime]
  Agents(Parser library, LongSupplier clockNs, EnrichMetrics metrics) {
    this.library = library;
    this.budget = new ReadingBudget(clockNs);
    this.clockNs = clockNs;
    this.metrics = metrics;
  }

  /// Loads the library's rules, which takes some half a second.
  public static Agents load(EnrichMetrics metrics) {
    return new Agents(new Parser(), System::nanoTime, metrics);
  }

  /// What an agent tells.
  Client read(String agent) {
    Client client = known.getIfPresent(agent);
    if (client != null) {
      metrics.onAgent(AgentResult.HIT);
      return client;
    }
    if (!budget.hasRoom()) {
      metrics.onAgent(AgentResult.SKIPPED);
      return client(agent, null, null);
    }
    long startNs = clockNs.getAsLong();
    client = parse(agent);
    budget.spend(clockNs.getAsLong() - startNs);
    known.put(agent, client);
    return client;
  }

  private Client parse(String agent) {
    String start = agent.length() > MAX_LENGTH ? agent.substring(0, MAX_LENGTH) : agent;
    try {
      String program = library.parseUserAgent(start).family;
      String system = library.parseOS(start).family;
      metrics.onAgent(AgentResult.MISS);
      return client(agent, program, system);
    } catch (RuntimeException | StackOverflowError e) {
      metrics.onAgent(AgentResult.FAILED);
      return client(agent, null, null);
    }
  }

  private static Client client(String agent, @Nullable String program, @Nullable String system) {
    if (program != null && isRobot(program)) {
      return new Client(name(program), null, Device.UNKNOWN, false);
    }
    Device device = DeviceSigns.device(agent);
    String mailClient = MailClients.named(agent);
    if (mailClient != null) {
      return new Client(mailClient, os(agent, system), device, false);
    }
    boolean isBrowser =
        program != null
            && !program.equals(NOTHING)
            && !program.contains("WebView")
            && agent.startsWith("Mozilla/");
    return new Client(name(program), os(agent, system), device, isBrowser);
  }

  private static boolean isRobot(String program) {
    String lower = program.toLowerCase(Locale.ROOT);
    return SIGNS_OF_ROBOT.stream().anyMatch(lower::contains);
  }

  /// The program's name without the platform, which the system and the device tell.
  private static @Nullable String name(@Nullable String program) {
    if (program == null || program.equals(NOTHING)) {
      return null;
    }
    StringBuilder name = new StringBuilder();
    for (String word : program.split(" ", -1)) {
      if (!WORDS_OF_PLATFORM.contains(word)) {
        name.append(name.isEmpty() ? "" : " ").append(word);
      }
    }
    return name.isEmpty() || name.length() > MAX_NAME ? null : name.toString();
  }

  private static @Nullable String os(String agent, @Nullable String system) {
    return switch (system) {
      case null -> null;
      case NOTHING -> agent.contains("Mac OS X") ? MAC : null;
      case "Mac OS X" -> MAC;
      default -> system;
    };
  }
}
