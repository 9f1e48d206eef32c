package io.aftersend.processor.enrich;

import io.aftersend.processor.enrich.EnrichMetrics.PlaceResult;
import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/// Fills what a judged event tells by its user agent and truncated address: client, operating
/// system, device, country, region, city, and the recipient's zone where nobody has told it.
///
/// Only a person's own hit tells a person's machine and place. A mail service's proxy or prefetch
/// tells the service alone, other machines tell nothing. Safe for any thread.
public final class Enrichment {
  /// What a person's program asks for itself. All other events are somebody's report.
  private static final Set<EventType> HITS =
      EnumSet.of(
          EventType.OPENED,
          EventType.READ,
          EventType.CLICKED,
          EventType.ATTACHMENT_OPENED,
          EventType.FORWARDED,
          EventType.PAGE_VIEWED,
          EventType.CONVERTED,
          EventType.UNSUBSCRIBE_VIEWED);

  /// Hits that come from the mail as it is shown.
  private static final Set<EventType> PIXELS = EnumSet.of(EventType.OPENED, EventType.READ);

  /// Networks whose addresses are those of a data centre, though a person may be behind.
  private static final Set<String> DATA_CENTRES = Set.of("google", "yahoo", "microsoft", "hosting");

  private final Agents agents;
  private final Supplier<Places> places;
  private final EnrichMetrics metrics;

  /// @param places the present ones; safe for any thread
  public Enrichment(Agents agents, PlacesFiles places, EnrichMetrics metrics) {
    this.agents = agents;
    this.places = places;
    this.metrics = metrics;
  }

  /// Fills a judged event. Doing it again changes nothing, but a zone that was filled stays. Never
  /// throws.
  public void enrich(EventType type, JudgedEvent event) {
    if (!HITS.contains(type)) {
      return;
    }
    boolean isPersons = event.getVerdict().equals(Verdict.HUMAN.wireName());
    Client client = isPersons ? personsClient(type, event) : machinesClient(event);
    event.setClient(client.name());
    event.setOs(client.os());
    event.setDevice(client.device().wireName());
    Place place = isPersons ? place(event) : Place.NOWHERE;
    event.setCountry(place.country());
    event.setRegion(place.region());
    event.setCity(place.city());
    if (event.getRecipientTimeZone() == null) {
      event.setRecipientTimeZone(place.zone());
    }
  }

  private static Client machinesClient(JudgedEvent event) {
    String service = MailServices.ofReasons(event.getReasons());
    return service == null ? Client.UNKNOWN : new Client(service, null, Device.UNKNOWN, false);
  }

  private Client personsClient(EventType type, JudgedEvent event) {
    String agent = event.getUserAgent();
    if (agent == null) {
      return Client.UNKNOWN;
    }
    Client client = agents.read(agent);
    return PIXELS.contains(type) ? shownBy(client, agent, event) : client;
  }

  /// What shows a mail is a mail client, or a browser with a webmail page in it.
  private static Client shownBy(Client client, String agent, JudgedEvent event) {
    if (MailClients.isBareWebKit(agent)) {
      return new Client("Apple Mail", client.os(), client.device(), false);
    }
    if (!client.isBrowser()) {
      return client;
    }
    String service = MailServices.ofHost(event.getReferer());
    return new Client(
        service == null ? client.name() : service,
        client.os(),
        client.device() == Device.DESKTOP ? Device.WEBMAIL : client.device(),
        true);
  }

  private Place place(JudgedEvent event) {
    String address = event.getIp();
    Places present = places.get();
    String network = event.getNetworkClass();
    boolean isDataCentre = network != null && DATA_CENTRES.contains(network);
    if (address == null || isDataCentre || !present.areConfigured()) {
      return Place.NOWHERE;
    }
    try {
      Place place = present.find(address);
      metrics.onPlace(place.equals(Place.NOWHERE) ? PlaceResult.UNKNOWN : PlaceResult.FOUND);
      return place;
    } catch (IOException e) {
      metrics.onPlace(PlaceResult.FAILED);
      return Place.NOWHERE;
    }
  }
}
