package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts a whole history again, as the definitions of the metrics say.
///
/// The history is shorter than the repeat horizon and names one campaign per message.
public final class Oracle {
  private static final Judging IN_FORCE = new Hindsight();

  private final Judging judging;
  private final Map<String, List<EmailEvent>> units = new LinkedHashMap<>();
  private final Map<String, String> campaignOfUnit = new HashMap<>();

  private Oracle(Judging judging) {
    this.judging = judging;
  }

  /// The numbers of every campaign of one tenant that has any, judged as the processor does.
  ///
  /// @param arrivals in order of arrival
  public static Map<String, Recount> recount(List<EmailEvent> arrivals) {
    return new Oracle(IN_FORCE).count(arrivals);
  }

  /// The numbers of the parts of every campaign of one tenant that has any.
  ///
  /// @param arrivals in order of arrival
  /// @param countries in which networks are, by address
  public static Map<String, Breakdown> breakdown(
      List<EmailEvent> arrivals, Map<String, String> countries) {
    Map<String, Breakdown> breakdowns = new HashMap<>();
    new Oracle(IN_FORCE)
        .byCampaign(arrivals)
        .forEach(
            (campaign, eventsByUnit) -> {
              BreakdownTally tally = new BreakdownTally(countries);
              eventsByUnit.values().forEach(tally::add);
              breakdowns.put(campaign, tally.breakdown());
            });
    return breakdowns;
  }

  private Map<String, Recount> count(List<EmailEvent> arrivals) {
    Map<String, Recount> recounts = new HashMap<>();
    Map<String, Map<String, List<Judged>>> counted = byCampaign(arrivals);
    for (Attribution.Won won : attributed(distinct(arrivals))) {
      put(counted, won.campaign(), won.sale());
    }
    counted.forEach(
        (campaign, eventsByUnit) -> {
          CampaignTally tally = new CampaignTally();
          eventsByUnit.values().forEach(events -> tally.add(events, zone(events)));
          recounts.put(campaign, tally.recount());
        });
    return recounts;
  }

  /// What counts, by campaign and unit.
  private Map<String, Map<String, List<Judged>>> byCampaign(List<EmailEvent> arrivals) {
    List<EmailEvent> distinct = distinct(arrivals);
    for (EmailEvent event : distinct) {
      String unit = Judged.unitOf(event);
      units.computeIfAbsent(unit, any -> new ArrayList<>()).add(event);
      if (event.getMessage() != null && event.getCampaign() != null) {
        campaignOfUnit.putIfAbsent(unit, event.getCampaign());
      }
    }
    Map<String, Map<String, List<Judged>>> byCampaign = new HashMap<>();
    for (Judged event : withoutRepeatedOrders(distinct)) {
      put(byCampaign, String.valueOf(campaign(event.event())), event);
    }
    return byCampaign;
  }

  private static void put(
      Map<String, Map<String, List<Judged>>> byCampaign, String campaign, Judged event) {
    byCampaign
        .computeIfAbsent(campaign, any -> new LinkedHashMap<>())
        .computeIfAbsent(event.unit(), any -> new ArrayList<>())
        .add(event);
  }

  /// The conversions that name nothing but their recipients, with the campaigns that won them.
  private List<Attribution.Won> attributed(List<EmailEvent> events) {
    List<Attribution.Click> clicks = new ArrayList<>();
    List<Judged> sales = new ArrayList<>();
    Set<String> takenOrders = new HashSet<>();
    Map<String, String> told = new HashMap<>();
    for (EmailEvent event : events) {
      Judged judged = judged(event);
      if (event.getCampaign() != null) {
        told.putIfAbsent(judged.unit(), event.getCampaign());
      }
      String campaign = event.getCampaign() != null ? event.getCampaign() : told.get(judged.unit());
      if (judged.isHuman() && judged.is("clicked") && campaign != null) {
        clicks.add(new Attribution.Click(judged, campaign));
      }
      if (judged.isHuman() && judged.is("converted")) {
        if (judged.namesOnlyItsRecipient()) {
          sales.add(judged);
        } else if (event.getOrder() != null && campaign(event) != null) {
          takenOrders.add(event.getOrder());
        }
      }
    }
    return new Attribution(clicks).decide(sales, takenOrders);
  }

  private Judged judged(EmailEvent event) {
    String unit = Judged.unitOf(event);
    return new Judged(event, unit, judging.verdict(event, units.getOrDefault(unit, List.of())));
  }

  /// What counts at all: no proofs and seed mails, and of a message's events with one id the first.
  private static List<EmailEvent> distinct(List<EmailEvent> arrivals) {
    List<EmailEvent> distinct = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (EmailEvent event : arrivals) {
      if (!event.getTest() && seen.add(Judged.unitOf(event) + " " + event.getEventId())) {
        distinct.add(event);
      }
    }
    return distinct;
  }

  /// The events of campaigns, where of a person's conversions of one order the first stands for
  /// all. What a machine fetched or belongs to no campaign takes no order.
  private List<Judged> withoutRepeatedOrders(List<EmailEvent> events) {
    List<Judged> counted = new ArrayList<>();
    Set<String> orders = new HashSet<>();
    for (EmailEvent event : events) {
      if (campaign(event) == null) {
        continue;
      }
      Judged judged = judged(event);
      boolean isSale = judged.is("converted") && judged.isHuman() && event.getOrder() != null;
      if (!isSale || orders.add(event.getOrder())) {
        counted.add(judged);
      }
    }
    return counted;
  }

  /// Where an event counts: in its own campaign, else in its message's, whenever that was told.
  private @Nullable String campaign(EmailEvent event) {
    return event.getCampaign() != null
        ? event.getCampaign()
        : campaignOfUnit.get(Judged.unitOf(event));
  }

  /// What does not count tells no zone.
  private static String zone(List<Judged> counted) {
    return RecipientZone.of(counted.stream().map(Judged::event).toList());
  }
}
