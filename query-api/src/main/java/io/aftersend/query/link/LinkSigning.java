package io.aftersend.query.link;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.links.Endpoint;
import io.aftersend.links.KeyRing;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.MessageLinks;
import io.aftersend.links.PixelPosition;
import io.aftersend.links.RefusedLinkException;
import io.aftersend.links.SigningKey;
import io.aftersend.links.TargetUrls;
import io.aftersend.links.TokenSigner;
import io.aftersend.links.TrackedLinks;
import io.aftersend.links.TrackedUrl;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.JsonBody;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.link.LinkOrder.Target;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.query.problem.WrongParameters;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `POST /api/v1/links`: signs the tracked URLs of one message or of many. Asks nothing of Kafka
/// and ClickHouse. Either all messages are signed or none.
public final class LinkSigning implements Route.Operation {
  private final Supplier<Tenants> tenants;
  private final String publicUrl;
  private final TargetUrls targets;
  private final InstantSource clock;
  private final long maxBodyBytes;

  /// Signs for these tenants.
  ///
  /// @param publicUrl base of tracked URLs
  /// @param targets the rule that target URLs are held to
  /// @param maxBodyBytes the largest body that is taken
  public LinkSigning(
      Supplier<Tenants> tenants,
      URI publicUrl,
      TargetUrls targets,
      InstantSource clock,
      long maxBodyBytes) {
    this.tenants = tenants;
    this.publicUrl = publicUrl.toString();
    this.targets = targets;
    this.clock = clock;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public Answer answer(Call call) {
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    ObjectNode body = JsonBody.object(call.request(), maxBodyBytes);
    KeyRing ring = keyRing(call.tenant());
    WrongParameters wrong = new WrongParameters();
    long issuedAtSeconds = clock.instant().getEpochSecond();
    List<LinkOrder> orders = new LinkOrderReader(call.tenant(), issuedAtSeconds, wrong).read(body);
    wrong.throwIfAny();
    TrackedLinks links = new TrackedLinks(publicUrl, new TokenSigner(() -> ring, targets));
    List<ObjectNode> signed = new ArrayList<>();
    for (LinkOrder order : orders) {
      ObjectNode message = sign(links, order, wrong);
      if (message != null) {
        signed.add(message);
      }
    }
    wrong.throwIfAny();
    if (!LinkOrderReader.isBulk(body)) {
      return Answer.json(signed.getFirst());
    }
    ObjectNode answer = Json.object();
    ArrayNode messages = answer.putArray("messages");
    signed.forEach(messages::add);
    return Answer.json(answer);
  }

  private KeyRing keyRing(String tenantId) {
    Tenant tenant = tenants.get().tenant(tenantId);
    SigningKeyEntry key = tenant == null ? null : tenant.activeSigningKey();
    if (key == null) {
      throw new ProblemException(Problem.of(409, "the tenant has no active signing key: add one"));
    }
    return KeyRing.builder()
        .addActive(SigningKey.of(tenantId, key.id(), key.secret().bytes()))
        .build();
  }

  private static @Nullable ObjectNode sign(
      TrackedLinks links, LinkOrder order, WrongParameters wrong) {
    try {
      List<MessageLinks.Click> clicks = new ArrayList<>();
      List<String> warnings = new ArrayList<>();
      for (Target target : order.targets()) {
        MessageLinks.Click click = click(links, order.claims(), target, warnings, wrong);
        if (click != null) {
          clicks.add(click);
        }
      }
      // The number of tracked links stands in the claims: no targets here does not mean none.
      MessageLinks rest = links.forMessage(order.claims(), List.of(), null);
      warnings.addAll(rest.warnings());
      return json(order, rest, clicks, warnings);
    } catch (RefusedLinkException e) {
      wrong.add(order.path() + e.field(), e.problem());
      return null;
    }
  }

  private static MessageLinks.@Nullable Click click(
      TrackedLinks links,
      LinkClaims common,
      Target target,
      List<String> warnings,
      WrongParameters wrong) {
    LinkClaims claims = common.toBuilder().link(target.link()).targetUrl(target.url()).build();
    String parameter = target.conversionParameter();
    try {
      TrackedUrl tracked =
          parameter == null
              ? links.sign(Endpoint.CLICK, claims)
              : links.signClick(claims, parameter);
      warnings.addAll(tracked.warnings());
      return new MessageLinks.Click(target.link(), target.url(), tracked.url());
    } catch (RefusedLinkException e) {
      wrong.add(target.path(), e.problem());
      return null;
    }
  }

  private static ObjectNode json(
      LinkOrder order, MessageLinks rest, List<MessageLinks.Click> clicks, List<String> warnings) {
    ObjectNode node = Json.object().put("message", order.claims().message());
    ArrayNode open = node.putArray("open");
    Iterator<String> pixels = rest.open().iterator();
    for (PixelPosition position : PixelPosition.values()) {
      String pixel = pixels.next();
      if (order.position() == null || order.position() == position) {
        open.add(pixel);
      }
    }
    ArrayNode array = node.putArray("clicks");
    for (MessageLinks.Click click : clicks) {
      array
          .addObject()
          .put("link", click.link())
          .put("url", click.url())
          .put("tracked", click.tracked());
    }
    node.put("unsubscribe", rest.unsubscribe()).put("conversion", rest.conversion());
    ArrayNode notes = node.putArray("warnings");
    warnings.forEach(notes::add);
    return node;
  }
}
