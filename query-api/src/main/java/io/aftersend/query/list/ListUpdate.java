package io.aftersend.query.list;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.JsonBody;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.list.ListProfiles.Stored;
import io.aftersend.query.settings.OneAtATime;
import io.aftersend.schemas.list.ListSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// `PUT /api/v1/lists/{id}`: creates a mailing list or changes the fields that are given.
///
/// As with campaigns, the whole new profile is published to Kafka first, then stored, so that the
/// next `GET` sees it. A failure between the two leaves a change that comes through later; doing it
/// again is harmless. Changes of one list wait for each other in this process.
public final class ListUpdate implements Route.Operation {
  private final ListProfiles profiles;
  private final ListPublisher publisher;
  private final InstantSource clock;
  private final long maxBodyBytes;
  private final OneAtATime oneAtATime = new OneAtATime();

  /// Changes lists in a table and in Kafka.
  ///
  /// @param maxBodyBytes the largest body that is taken
  public ListUpdate(
      ListProfiles profiles, ListPublisher publisher, InstantSource clock, long maxBodyBytes) {
    this.profiles = profiles;
    this.publisher = publisher;
    this.clock = clock;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public Answer answer(Call call) {
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    String list = call.id("list");
    ObjectNode body = JsonBody.object(call.request(), maxBodyBytes);
    ListChange change = ListChange.parse(list, body, clock.instant());
    String tenant = call.tenant();
    ListProfile after = oneAtATime.change(tenant, list, () -> change(tenant, list, change));
    return Answer.json(GrowthJson.profile(after));
  }

  private ListProfile change(String tenant, String list, ListChange change) {
    Stored before = profiles.current(tenant, list);
    long nowMs = clock.millis();
    ListProfile profile =
        change.applyTo(
            before == null ? ListProfile.untold(list) : before.profile(),
            Instant.ofEpochMilli(nowMs));
    long version = before == null ? nowMs : Math.max(before.version() + 1, nowMs);
    ListSettings settings =
        new ListSettings(tenant, list, profile.name(), profile.size(), profile.asOf(), version);
    publisher.publish(settings, nowMs);
    profiles.store(tenant, new Stored(profile, version));
    return profile;
  }
}
