package io.aftersend.standalone.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.links.MessageLinks;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.links.LinkOrder;
import io.aftersend.standalone.links.LinkSource;
import io.aftersend.standalone.links.RefusedOrderException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Prints the tracked URLs of one message.
@Command(
    name = "links",
    description = "Prints the tracked URLs for one message, signed by the running API.")
final class LinksCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Option(names = "--campaign", paramLabel = "C", required = true, description = "The campaign.")
  private String campaign = "";

  @Option(
      names = "--message",
      paramLabel = "M",
      required = true,
      description = "The message, unique in the tenant.")
  private String message = "";

  @Option(
      names = "--recipient",
      paramLabel = "R",
      required = true,
      description = "Opaque reference to the recipient, never the address.")
  private String recipient = "";

  @Option(
      names = "--url",
      paramLabel = "U",
      description = "A link to track. Repeat it for several; they are named 1, 2, …")
  private List<String> urls = List.of();

  @Option(
      names = "--tenant",
      paramLabel = "T",
      description = "The tenant (default: AFTERSEND_TENANT, else the running one's).")
  private @Nullable String tenant;

  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  LinksCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> values = common.values(surroundings.environment());
    MessageLinks links = sign(values);
    for (String warning : links.warnings()) {
      surroundings.err().println("aftersend: warning: " + warning);
    }
    if (isJson) {
      surroundings.out().println(json(links));
    } else {
      tell(links);
    }
    return 0;
  }

  private MessageLinks sign(Map<String, String> values) throws InterruptedException {
    LinkOrder order = LinkOrder.of(campaign, message, recipient, urls);
    try {
      return LinkSource.choose(values, tenant).sign(order);
    } catch (RefusedOrderException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static ObjectNode json(MessageLinks links) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    links.open().forEach(json.putArray("open")::add);
    ArrayNode clicks = json.putArray("clicks");
    for (MessageLinks.Click click : links.clicks()) {
      clicks
          .addObject()
          .put("link", click.link())
          .put("url", click.url())
          .put("tracked", click.tracked());
    }
    json.put("unsubscribe", links.unsubscribe()).put("conversion", links.conversion());
    links.warnings().forEach(json.putArray("warnings")::add);
    return json;
  }

  private void tell(MessageLinks links) {
    var out = surroundings.out();
    links.open().forEach(url -> out.println("open         " + url));
    for (MessageLinks.Click click : links.clicks()) {
      out.println("click %-6s %s".formatted(click.link(), click.tracked()));
      out.println("       leads to " + click.url());
    }
    out.println("unsubscribe  " + links.unsubscribe());
    out.println("conversion   " + links.conversion());
  }
}
