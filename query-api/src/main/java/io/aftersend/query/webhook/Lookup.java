package io.aftersend.query.webhook;

import io.aftersend.query.http.Call;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.query.webhook.store.WebhookStore;
import io.aftersend.schemas.webhook.WebhookSubscription;

/// The finding of the webhook that a request names.
final class Lookup {
  private Lookup() {}

  /// The webhook as it is now.
  ///
  /// @throws ProblemException 404 where the tenant has none of that id, 400 where it is no id
  static WebhookSubscription webhook(WebhookStore store, Call call) {
    WebhookSubscription found = store.freshTables().find(call.tenant(), call.id("webhook"));
    if (found == null) {
      throw new ProblemException(Problem.notFound("there is no webhook of that id"));
    }
    return found;
  }
}
