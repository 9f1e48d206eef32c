package io.aftersend.standalone.links;

import io.aftersend.links.MessageLinks.Target;
import java.util.ArrayList;
import java.util.List;

/// A message whose tracked URLs are wanted.
///
/// @param targets its links in the order of the mail
public record LinkOrder(String campaign, String message, String recipient, List<Target> targets) {
  public LinkOrder {
    targets = List.copyOf(targets);
  }

  /// An order whose links are named by their place, from 1.
  public static LinkOrder of(String campaign, String message, String recipient, List<String> urls) {
    List<Target> targets = new ArrayList<>();
    for (String url : urls) {
      targets.add(new Target(Integer.toString(targets.size() + 1), url));
    }
    return new LinkOrder(campaign, message, recipient, targets);
  }
}
