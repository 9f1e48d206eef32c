package io.aftersend.query.http;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The media types of requests and answers, and the choice among them (RFC 9110, section 12.5.1).
public final class MediaTypes {
  public static final String JSON = "application/json";
  public static final String CSV = "text/csv";
  public static final String EVENT_STREAM = "text/event-stream";
  public static final String PROBLEM = "application/problem+json";

  private MediaTypes() {}

  /// The offered type that the client likes best; at equal liking the one offered first.
  ///
  /// @param offered in the order of our own preference, at least one
  /// @throws ProblemException with status 406 when the client accepts none of them
  public static String preferred(ApiRequest request, List<String> offered) {
    String accept = request.header("accept");
    if (accept == null || accept.isBlank()) {
      return offered.getFirst();
    }
    List<Range> ranges = ranges(accept);
    String best = null;
    double bestQuality = 0;
    for (String type : offered) {
      double quality = quality(ranges, type);
      if (quality > bestQuality) {
        best = type;
        bestQuality = quality;
      }
    }
    if (best == null) {
      String expected = String.join(" or ", offered);
      throw new ProblemException(
          Problem.of(406, "Accept: expected " + expected + ", got " + Text.quoted(accept)));
    }
    return best;
  }

  /// Whether a header's media type is `type`, whatever its parameters.
  public static boolean isType(@Nullable String contentType, String type) {
    return contentType != null && bare(contentType).equals(type);
  }

  private static String bare(String mediaType) {
    int semicolon = mediaType.indexOf(';');
    String bare = semicolon < 0 ? mediaType : mediaType.substring(0, semicolon);
    return bare.strip().toLowerCase(Locale.ROOT);
  }

  /// What one element of `Accept` says.
  private record Range(String type, double quality) {
    /// 0 = does not match, more for a narrower range.
    int narrowness(String offered) {
      if (type.equals(offered)) {
        return 3;
      }
      if (type.endsWith("/*") && offered.startsWith(type.substring(0, type.length() - 1))) {
        return 2;
      }
      return type.equals("*/*") ? 1 : 0;
    }
  }

  private static double quality(List<Range> ranges, String offered) {
    int narrowest = 0;
    double quality = 0;
    for (Range range : ranges) {
      int narrowness = range.narrowness(offered);
      if (narrowness > narrowest) {
        narrowest = narrowness;
        quality = range.quality();
      }
    }
    return quality;
  }

  private static List<Range> ranges(String accept) {
    List<Range> ranges = new ArrayList<>();
    for (String element : accept.split(",", -1)) {
      double quality = 1;
      for (String parameter : element.split(";", -1)) {
        String text = parameter.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("q=")) {
          quality = parseQuality(text.substring(2));
        }
      }
      ranges.add(new Range(bare(element), quality));
    }
    return ranges;
  }

  private static double parseQuality(String text) {
    try {
      return Math.clamp(Double.parseDouble(text.strip()), 0, 1);
    } catch (NumberFormatException e) {
      return 1; // A preference that cannot be read is none.
    }
  }
}
