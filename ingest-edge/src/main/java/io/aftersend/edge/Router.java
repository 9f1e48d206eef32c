package io.aftersend.edge;

import io.aftersend.edge.hit.HitHandler;
import io.aftersend.edge.http.Answer;
import io.aftersend.edge.http.Exchange;
import io.aftersend.edge.http.RequestHandler;
import io.aftersend.edge.http.RequestHead;
import io.aftersend.edge.post.Problems;
import io.aftersend.links.Endpoint;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The map from paths to handlers. One per event loop.
public final class Router implements RequestHandler {
  private static final byte[] EVENTS = "/v1/events".getBytes(StandardCharsets.US_ASCII);
  private static final Answer NO_SUCH_PAGE = Answer.text(404, "There is nothing here.\n");
  private static final Answer NO_SUCH_RESOURCE =
      Problems.of(404, "expected a path such as /v1/events");

  private final HitHandler hits;
  private final RequestHandler posts;

  /// @param posts answers requests for `/v1/events`
  public Router(HitHandler hits, RequestHandler posts) {
    this.hits = hits;
    this.posts = posts;
  }

  @Override
  public void onRequest(RequestHead head, Exchange exchange) {
    Endpoint endpoint = endpoint(head);
    if (endpoint != null) {
      hits.onHit(endpoint, head, exchange);
    } else if (head.isPath(EVENTS)) {
      posts.onRequest(head, exchange);
    } else {
      exchange.answer(isApi(head) ? NO_SUCH_RESOURCE : NO_SUCH_PAGE);
    }
  }

  private static @Nullable Endpoint endpoint(RequestHead head) {
    int at = head.pathOffset();
    byte[] bytes = head.bytes();
    return head.pathLength() >= 3 && bytes[at] == '/' && bytes[at + 2] == '/'
        ? Endpoint.ofLetter(bytes[at + 1])
        : null;
  }

  private static boolean isApi(RequestHead head) {
    int at = head.pathOffset();
    byte[] bytes = head.bytes();
    return head.pathLength() >= 4
        && bytes[at + 1] == 'v'
        && bytes[at + 2] == '1'
        && bytes[at + 3] == '/';
  }
}
