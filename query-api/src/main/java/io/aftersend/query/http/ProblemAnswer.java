package io.aftersend.query.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.WrongParameter;

/// A problem as an answer.
final class ProblemAnswer {
  private ProblemAnswer() {}

  /// Beside the standard members: `parameter`, the first one at fault; with several at fault also
  /// `errors`, all of them.
  static Answer of(Problem problem) {
    ObjectNode body =
        Json.object()
            .put("type", "about:blank")
            .put("title", problem.title())
            .put("status", problem.status())
            .put("detail", problem.detail());
    if (!problem.wrong().isEmpty()) {
      body.put("parameter", problem.wrong().getFirst().parameter());
    }
    if (problem.wrong().size() > 1) {
      ArrayNode errors = body.putArray("errors");
      for (WrongParameter wrong : problem.wrong()) {
        errors.addObject().put("parameter", wrong.parameter()).put("detail", wrong.detail());
      }
    }
    return new Answer(problem.status(), MediaTypes.PROBLEM, Json.bytes(body), problem.headers());
  }
}
