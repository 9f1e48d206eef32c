package io.aftersend.query.http;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.runtime.limit.KeyRate;
import io.aftersend.runtime.tenants.ApiKey;
import io.aftersend.runtime.tenants.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole API as a function from request to answer. Safe for any thread.
///
/// Below `/api/v1` a request without a valid key is 401 whatever it asks for, so that nobody learns
/// what there is; only the routes that are open by name are not. `HEAD` is answered as `GET`; who
/// sends the answer leaves the body out. What a key reads carries an `ETag`.
public final class Routes {
  private static final Logger log = LoggerFactory.getLogger(Routes.class);
  private static final String UNKNOWN_ROUTE = "unknown";
  private static final String RETRY_AFTER_SECONDS = "1";

  private final List<Route> routes;
  private final Authentication authentication;
  private final KeyRate rate;
  private final Observer observer;

  /// Who is told of every answer, on the request's own thread.
  @FunctionalInterface
  public interface Observer {
    /// Hears of one answer.
    ///
    /// @param template the route's template, or `unknown`
    /// @param status the HTTP status of the answer
    /// @param elapsedNs from routing to the answer being ready
    void answered(String template, String method, int status, long elapsedNs);
  }

  /// Who knows the people that signed in.
  @FunctionalInterface
  public interface SignedIn {
    /// What the request's session stands for; null where it has none that lasts.
    @Nullable ApiKey key(ApiRequest request);
  }

  /// All routes behind one check of keys.
  ///
  /// @param tenants asked for every request
  /// @param sessions asked where a request presents no key
  /// @param rate how many requests each key may make
  public Routes(
      List<Route> routes,
      Supplier<Tenants> tenants,
      SignedIn sessions,
      KeyRate rate,
      Observer observer) {
    this.routes = List.copyOf(routes);
    this.authentication = new Authentication(tenants, sessions);
    this.rate = rate;
    this.observer = observer;
  }

  /// The answer, in any case: whatever fails becomes a problem.
  public Answer answer(ApiRequest request) {
    long startNs = System.nanoTime();
    List<String> segments = decodedSegments(request.rawPath());
    List<Match> matches = segments == null ? List.of() : matches(segments);
    String template = matches.isEmpty() ? UNKNOWN_ROUTE : matches.getFirst().route().template();
    Answer answer;
    try {
      answer = answer(request, segments, matches);
    } catch (ProblemException e) {
      logFailure(request.method() + " " + template, e);
      answer = ProblemAnswer.of(e.problem());
    } catch (RuntimeException e) {
      log.error("{} {} failed", request.method(), template, e);
      answer = ProblemAnswer.of(Problem.of(500, "an error of the server's own; its log tells"));
    }
    Answer secured = SecurityHeaders.addTo(answer);
    observer.answered(template, request.method(), secured.status(), System.nanoTime() - startNs);
    return secured;
  }

  /// A neighbour that is away needs a line for each request, our own mistakes their stack trace.
  private static void logFailure(String what, ProblemException e) {
    if (e.problem().status() == 500) {
      log.error("{}: {}", what, e.getMessage(), e);
    } else if (e.problem().status() > 500) {
      log.warn("{}: {} ({})", what, e.getMessage(), String.valueOf(e.getCause()));
    }
  }

  private record Match(Route route, Map<String, String> values) {}

  private Answer answer(ApiRequest request, @Nullable List<String> segments, List<Match> matches) {
    boolean isOpen = !matches.isEmpty() && matches.stream().allMatch(m -> m.route().isOpen());
    ApiKey key = isBelowApi(segments) && !isOpen ? knownKey(request) : null;
    if (matches.isEmpty()) {
      throw new ProblemException(Problem.notFound("there is nothing at this path"));
    }
    Match match = forMethod(request.method(), matches);
    Route route = match.route();
    if (!route.isOpen()) {
      key = key == null ? knownKey(request) : key;
      Authentication.requireScope(key, route.anyOf());
    }
    Answer answer = route.operation().answer(new Call(request, key, match.values()));
    boolean isRead =
        !route.isOpen()
            && route.method().equals("GET")
            && answer.status() == 200
            && answer.stream() == null;
    return isRead ? EntityTag.answer(request, answer) : answer;
  }

  /// The key of a request that has its share of the server left.
  private ApiKey knownKey(ApiRequest request) {
    ApiKey key = authentication.key(request);
    if (!rate.tryTake(key.id())) {
      throw new ProblemException(
          Problem.of(429, "this key has made as many requests as it may within a second")
              .withHeader("Retry-After", RETRY_AFTER_SECONDS));
    }
    return key;
  }

  private static boolean isBelowApi(@Nullable List<String> segments) {
    return segments != null
        && segments.size() >= 2
        && segments.get(0).equals("api")
        && segments.get(1).equals("v1");
  }

  private List<Match> matches(List<String> segments) {
    List<Match> matches = new ArrayList<>();
    for (Route route : routes) {
      Map<String, String> values = route.match(segments);
      if (values != null) {
        matches.add(new Match(route, values));
      }
    }
    return matches;
  }

  private static Match forMethod(String method, List<Match> matches) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    TreeSet<String> allowed = new TreeSet<>();
    for (Match match : matches) {
      String offered = match.route().method();
      if (offered.equals(wanted)) {
        return match;
      }
      allowed.add(offered);
      if (offered.equals("GET")) {
        allowed.add("HEAD");
      }
    }
    String allow = String.join(", ", allowed);
    throw new ProblemException(
        Problem.of(405, "expected " + allow + ", got " + Text.quoted(method))
            .withHeader("Allow", allow));
  }

  private static @Nullable List<String> decodedSegments(String rawPath) {
    if (!rawPath.startsWith("/")) {
      return null;
    }
    List<String> segments = new ArrayList<>();
    for (String rawSegment : Route.split(rawPath)) {
      String segment = PercentCoding.decode(rawSegment);
      if (segment == null) {
        return null;
      }
      segments.add(segment);
    }
    return segments;
  }
}
