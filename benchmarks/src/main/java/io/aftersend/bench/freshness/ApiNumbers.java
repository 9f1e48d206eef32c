package io.aftersend.bench.freshness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersend.runtime.lifecycle.StartupException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Asks the API for the whole campaign.
///
/// @param key with the scope to read
record ApiNumbers(Http http, URI api, String key) implements CampaignNumbers {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public long hits(String campaign) throws InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(api + "/api/v1/campaigns/" + campaign))
                .header("Authorization", "Bearer " + key));
    if (response.statusCode() == 404) {
      return 0;
    }
    if (response.statusCode() != 200) {
      throw new StartupException("the API refused: " + response.body());
    }
    try {
      JsonNode counts = JSON.readTree(response.body()).path("counts");
      return counts.path("opened").path("total").asLong()
          + counts.path("clicked").path("total").asLong();
    } catch (JsonProcessingException e) {
      throw new StartupException("expected JSON from the API, got " + response.body(), e);
    }
  }
}
