package io.aftersend.query.click;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Links in memory, in the order of their places, by tenant and campaign.
public final class FakeLinks implements LinkReadModel {
  private final NavigableMap<String, NavigableMap<LinkPlace, LinkClicks>> campaigns =
      new TreeMap<>();

  public void add(String tenant, String campaign, LinkClicks clicks) {
    campaigns
        .computeIfAbsent(tenant + "|" + campaign, key -> new TreeMap<>())
        .put(clicks.place(), clicks);
  }

  @Override
  public List<LinkClicks> after(String tenant, String campaign, LinkPlace after, int limit) {
    NavigableMap<LinkPlace, LinkClicks> links = campaigns.get(tenant + "|" + campaign);
    return links == null
        ? List.of()
        : links.tailMap(after, false).values().stream().limit(limit).toList();
  }
}
