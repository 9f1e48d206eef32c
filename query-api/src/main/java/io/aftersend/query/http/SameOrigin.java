package io.aftersend.query.http;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The check that a page of our own makes the request, and not one of another site in the browser
/// of somebody who is signed in here.
public final class SameOrigin {
  private SameOrigin() {}

  /// Lets only requests pass of which the browser says that they come from our own page.
  ///
  /// @throws ProblemException with status 403
  static void require(ApiRequest request) {
    if (!Boolean.TRUE.equals(isOwn(request))) {
      throw new ProblemException(
          Problem.of(
              403,
              "a session may write from the dashboard's own pages only: expected the header"
                  + " Sec-Fetch-Site or Origin to say so, or an API key instead"));
    }
  }

  /// Stops requests of which the browser says that they come from elsewhere. What is no browser
  /// says nothing, and brings no cookie of anybody else's.
  ///
  /// @throws ProblemException with status 403
  public static void requireUnlessNoBrowser(ApiRequest request) {
    if (Boolean.FALSE.equals(isOwn(request))) {
      throw new ProblemException(Problem.of(403, "pages of other origins cannot sign in or out"));
    }
  }

  /// Null where the request does not tell.
  private static @Nullable Boolean isOwn(ApiRequest request) {
    String site = request.header("sec-fetch-site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = request.header("origin");
    if (origin == null) {
      return null;
    }
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(request.header("host"));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
