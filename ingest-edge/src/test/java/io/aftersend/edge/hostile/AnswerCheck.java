package io.aftersend.edge.hostile;

import io.aftersend.edge.hostile.StrictReading.Fate;
import io.aftersend.edge.hostile.StrictReading.Request;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The judge of what an edge has sent on one connection, by what it had been sent.
final class AnswerCheck {
  private static final Set<Integer> REFUSALS = Set.of(400, 414, 417, 431, 505);
  private static final int CONTINUE = 100;

  private final List<Request> requests;
  private final String received;
  private int at;
  private int answers;
  private boolean isClosed;

  private record Answer(int status, boolean isLast) {}

  private AnswerCheck(List<Request> requests, String received) {
    this.requests = requests;
    this.received = received;
  }

  /// The first rule that was broken; null when all were kept.
  ///
  /// @param received everything up to the end of the connection, one character for each byte
  /// @param wasReset whether it ended by a reset, which may take answers along
  static @Nullable String violation(List<Request> requests, String received, boolean wasReset) {
    AnswerCheck check = new AnswerCheck(requests, received);
    String violation = null;
    while (violation == null && check.at < received.length()) {
      violation = check.next();
    }
    return violation == null && !wasReset ? check.missingAnswer() : violation;
  }

  /// How many requests the edge came to look at.
  static int reached(List<Request> requests, String received) {
    AnswerCheck check = new AnswerCheck(requests, received);
    String violation = null;
    while (violation == null && check.at < received.length()) {
      violation = check.next();
    }
    return Math.min(requests.size(), check.isClosed ? check.answers : check.answers + 1);
  }

  private @Nullable String next() {
    if (isClosed) {
      return "expected nothing after an answer that closes, got more";
    }
    Request request = answers < requests.size() ? requests.get(answers) : null;
    if (request == null) {
      return "expected " + requests.size() + " answers, got more";
    }
    Answer answer = read(request);
    if (answer == null) {
      return "expected a whole answer with status line and length";
    }
    if (answer.status() == CONTINUE) {
      return request.expectsContinue() ? null : "expected no 100, since nobody asked for it";
    }
    answers++;
    isClosed = answer.isLast();
    return judge(request, answer);
  }

  private static @Nullable String judge(Request request, Answer answer) {
    boolean isRefusal = REFUSALS.contains(answer.status()) && answer.isLast();
    boolean isServed = !isRefusal && answer.status() < 500;
    return switch (request.fate()) {
      case BROKEN_HEAD, CUT_HEAD ->
          isRefusal ? null : "expected a refusal of a broken head, got " + answer;
      case BROKEN_BODY, CUT_BODY ->
          isServed || isRefusal ? null : "expected an answer to a broken body, got " + answer;
      case WHOLE -> {
        // What is posted may be refused for what it says.
        boolean isJudgedByBody = request.hasBody() || request.method().equals("POST");
        if (!isServed && !(isJudgedByBody && answer.status() == 400)) {
          yield "expected a well-formed request to be served, got " + answer;
        }
        yield request.keepsAlive() || answer.isLast()
            ? null
            : "expected the connection to end as asked, got " + answer;
      }
    };
  }

  private @Nullable String missingAnswer() {
    if (isClosed) {
      return null;
    }
    for (int i = answers; i < requests.size(); i++) {
      Fate fate = requests.get(i).fate();
      if (fate == Fate.WHOLE || fate == Fate.BROKEN_HEAD) {
        return "expected an answer to request " + i + ", a " + fate + ", got none";
      }
    }
    return null;
  }

  private @Nullable Answer read(Request request) {
    int headEnd = received.indexOf("\r\n\r\n", at);
    if (headEnd < 0 || !received.startsWith("HTTP/1.1 ", at)) {
      return null;
    }
    String head = received.substring(at, headEnd + 2).toLowerCase(Locale.ROOT);
    int status = Integer.parseInt(head.substring(9, 12));
    at = headEnd + 4;
    if (status == CONTINUE) {
      return new Answer(status, false);
    }
    int lengthAt = head.indexOf("\r\ncontent-length: ");
    if (lengthAt < 0) {
      return null;
    }
    String length = head.substring(lengthAt + 18, head.indexOf("\r\n", lengthAt + 2));
    at += request.method().equals("HEAD") ? 0 : Integer.parseInt(length);
    return at > received.length()
        ? null
        : new Answer(status, head.contains("\r\nconnection: close\r\n"));
  }
}
