package io.aftersend.processor.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacesTest {
  private static final Map<String, ?> LONDON =
      Map.of(
          "country", Map.of("iso_code", "GB", "names", Map.of("en", "United Kingdom")),
          "subdivisions",
              List.of(
                  Map.of("iso_code", "ENG", "names", Map.of("en", "England", "fa", "انگلستان")),
                  Map.of("iso_code", "WSM")),
          "city", Map.of("names", Map.of("en", "London", "fa", "لندن")),
          "location", Map.of("latitude", 51.5, "time_zone", "Europe/London"));

  private static final Map<String, ?> FLAT_CITY =
      Map.of(
          "country_code", "AZ",
          "state1", "Baku City",
          "state2", "",
          "city", "Baku",
          "timezone", "");

  @TempDir Path directory;

  private Places places(MmdbFile... files) throws IOException {
    Path[] paths = new Path[files.length];
    for (int i = 0; i < files.length; i++) {
      paths[i] = files[i].writeTo(directory.resolve(i + ".mmdb"));
    }
    return Places.open(List.of(paths));
  }

  @Test
  void readsTheNestedLayout() throws IOException {
    Places places = places(MmdbFile.v6().add("81.2.69.0/24", LONDON).add("2001:db8::/32", LONDON));
    Place expected = new Place("GB", "GB-ENG", "London", "Europe/London");
    assertThat(places.find("81.2.69.0")).isEqualTo(expected);
    assertThat(places.find("81.2.69.255")).isEqualTo(expected);
    assertThat(places.find("2001:db8:7::")).isEqualTo(expected);
    assertThat(places.find("::ffff:81.2.69.0")).isEqualTo(expected);
    assertThat(places.find("81.2.68.255")).isEqualTo(Place.NOWHERE);
    assertThat(places.find("81.2.70.0")).isEqualTo(Place.NOWHERE);
    assertThat(places.find("2001:db9::")).isEqualTo(Place.NOWHERE);
  }

  @Test
  void readsTheNestedLayoutWithoutCodesAndZones() throws IOException {
    Map<String, ?> lite =
        Map.of(
            "country", Map.of("iso_code", "IR"),
            "subdivisions", List.of(Map.of("names", Map.of("en", "Fars"))),
            "city", Map.of("names", Map.of("en", "Shiraz")));
    assertThat(places(MmdbFile.v4().add("5.22.0.0/17", lite)).find("5.22.3.0"))
        .isEqualTo(new Place("IR", "Fars", "Shiraz", null));
  }

  @Test
  void readsFlatLayouts() throws IOException {
    Map<String, ?> ipinfo =
        Map.of("country", "DE", "country_name", "Germany", "continent", "EU", "asn", "AS3320");
    Map<String, ?> ipinfoLite = Map.of("country", "Germany", "country_code", "DE");
    Map<String, ?> detailed =
        Map.of(
            "country", "US",
            "region", "California",
            "region_code", "CA",
            "city", "Oakland",
            "timezone", "America/Los_Angeles");
    Places places =
        places(
            MmdbFile.v4()
                .add("5.197.0.0/16", FLAT_CITY)
                .add("9.1.0.0/16", ipinfo)
                .add("9.2.0.0/16", ipinfoLite)
                .add("9.3.0.0/16", detailed));
    assertThat(places.find("5.197.8.0")).isEqualTo(new Place("AZ", "Baku City", "Baku", null));
    assertThat(places.find("9.1.8.0")).isEqualTo(new Place("DE", null, null, null));
    assertThat(places.find("9.2.8.0")).isEqualTo(new Place("DE", null, null, null));
    assertThat(places.find("9.3.8.0"))
        .isEqualTo(new Place("US", "US-CA", "Oakland", "America/Los_Angeles"));
  }

  @Test
  void leavesOutWhatIsNoCodeAndNoZone() throws IOException {
    Map<String, ?> odd =
        Map.of(
            "country_code", "xx1",
            "city", "x".repeat(201),
            "region", "Somewhere",
            "timezone", "Mars/Olympus");
    assertThat(places(MmdbFile.v4().add("9.9.9.0/24", odd)).find("9.9.9.0"))
        .isEqualTo(new Place(null, "Somewhere", null, null));
  }

  @Test
  void asksFilesOfIpv4AndIpv6InOrder() throws IOException {
    Places places =
        places(
            MmdbFile.v4().add("5.197.0.0/16", FLAT_CITY),
            MmdbFile.v6().add("2001:db8::/32", LONDON).add("5.197.0.0/16", LONDON));
    assertThat(places.find("5.197.1.0").country()).isEqualTo("AZ");
    assertThat(places.find("2001:db8:1::").country()).isEqualTo("GB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "81.2.69.0/24", "fe80::1%eth9", "1:2", "💥"})
  void givesNoPlaceToWhatIsNoAddress(String text) throws IOException {
    assertThat(places(MmdbFile.v4().add("81.2.0.0/16", LONDON)).find(text))
        .isEqualTo(Place.NOWHERE);
  }

  @Test
  void givesNoPlaceWithoutAFile() throws IOException {
    Places places = Places.open(List.of());
    assertThat(places.areConfigured()).isFalse();
    assertThat(places.find("81.2.69.0")).isEqualTo(Place.NOWHERE);
  }

  @Test
  void refusesWhatIsNoDatabaseOfPlaces() throws IOException {
    Path text = Files.writeString(directory.resolve("text"), "country,city\n");
    assertThatThrownBy(() -> Places.open(List.of(text))).hasMessageContaining("text: ");
    Path empty = Files.write(directory.resolve("empty"), new byte[0]);
    assertThatThrownBy(() -> Places.open(List.of(empty))).isInstanceOf(IOException.class);
    byte[] whole = MmdbFile.v4().add("81.2.69.0/24", LONDON).bytes();
    byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
    Path torn = Files.write(directory.resolve("torn"), half);
    assertThatThrownBy(() -> Places.open(List.of(torn))).isInstanceOf(IOException.class);
    Path numbers =
        MmdbFile.v4()
            .add("81.2.69.0/24", Map.of("autonomous_system_number", 20712))
            .writeTo(directory.resolve("asn.mmdb"));
    assertThatThrownBy(() -> Places.open(List.of(numbers)))
        .hasMessageContaining("asn.mmdb: expected a database of places, got one of type Test");
    assertThatThrownBy(() -> Places.open(List.of(directory.resolve("none"))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void staysWholeWhenTheFileIsWrittenOver() throws IOException {
    MmdbFile file = MmdbFile.v4();
    for (int i = 0; i < 256; i++) {
      file.add("81." + i + ".0.0/16", LONDON);
    }
    Path path = file.writeTo(directory.resolve("city.mmdb"));
    Places places = Places.open(List.of(path));
    Files.write(path, new byte[1]);
    assertThat(places.find("81.7.69.0").city()).isEqualTo("London");
  }
}
