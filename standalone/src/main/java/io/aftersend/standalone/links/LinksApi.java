package io.aftersend.standalone.links;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.links.MessageLinks;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.access.HttpApi;
import java.util.ArrayList;
import java.util.List;

/// `POST /api/v1/links`. Thread-safe.
public final class LinksApi {
  private static final String PATH = "/api/v1/links";
  private static final int BAD_REQUEST = 400;

  private final HttpApi api;

  public LinksApi(HttpApi api) {
    this.api = api;
  }

  /// Signs the URLs of one message.
  ///
  /// @throws RefusedOrderException when a value is not as expected
  /// @throws StartupException when the API does not sign
  public MessageLinks sign(LinkOrder order) throws InterruptedException {
    return read(send(json(order)));
  }

  /// Signs the URLs of several messages, at most 1,000.
  ///
  /// @return in the order asked
  /// @throws RefusedOrderException when a value is not as expected
  /// @throws StartupException when the API does not sign
  public List<MessageLinks> signAll(List<LinkOrder> orders) throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode messages = body.putArray("messages");
    orders.forEach(order -> messages.add(json(order)));
    List<MessageLinks> signed = new ArrayList<>();
    send(body).path("messages").forEach(message -> signed.add(read(message)));
    if (signed.size() != orders.size()) {
      throw new StartupException(
          "POST %s: expected %d messages, got %d".formatted(PATH, orders.size(), signed.size()));
    }
    return signed;
  }

  private JsonNode send(ObjectNode body) throws InterruptedException {
    HttpApi.Answer answer = api.send("POST", PATH, body);
    if (answer.status() == BAD_REQUEST) {
      throw new RefusedOrderException(answer.problem());
    }
    if (!answer.isOk()) {
      throw new StartupException("POST " + PATH + " was refused: " + answer.problem());
    }
    return answer.body();
  }

  private static ObjectNode json(LinkOrder order) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("campaign", order.campaign())
            .put("message", order.message())
            .put("recipient", order.recipient());
    ArrayNode urls = json.putArray("urls");
    for (MessageLinks.Target target : order.targets()) {
      urls.addObject().put("url", target.url()).put("link", target.link());
    }
    return json;
  }

  private static MessageLinks read(JsonNode json) {
    List<MessageLinks.Click> clicks = new ArrayList<>();
    for (JsonNode click : json.path("clicks")) {
      clicks.add(
          new MessageLinks.Click(
              click.path("link").asText(),
              click.path("url").asText(),
              click.path("tracked").asText()));
    }
    return new MessageLinks(
        texts(json.path("open")),
        clicks,
        json.path("unsubscribe").asText(),
        json.path("conversion").asText(),
        texts(json.path("warnings")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
