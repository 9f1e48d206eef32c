package io.aftersend.processor.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleFileTest {
  private static final String BOT =
      """
      {"name": "robot", "on": true, "verdict": "bot", "confidence": 0.9, "source": "a test",
       "scope": "click", "evidence": {"agent_holds": ["robot"]}}""";
  private static final String BURST =
      """
      {"name": "burst", "on": true, "verdict": "scanner", "confidence": 0.8, "source": "a test",
       "scope": "both", "evidence": {"distinct_links": 3}, "within": {"default": "10s", "gmail": "3s"}}""";
  private static final String LAST =
      """
      {"name": "nothing", "on": true, "verdict": "human", "confidence": 0.1, "source": "a test",
       "scope": "both", "evidence": {}}""";

  @Test
  void readsTheRulesThatItIsGiven(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("rules.json");
    Files.writeString(file, table(BOT, BURST, LAST));
    RuleTable table = RuleFile.read(file);
    assertThat(table.version()).isEqualTo(7);
    assertThat(reason(table, EventType.CLICKED, "a robot")).isEqualTo("robot");
    assertThat(reason(table, EventType.OPENED, "a robot")).isEqualTo("nothing");
    assertThat(reason(table, EventType.SENT, "a robot")).isEqualTo("reported");
  }

  @Test
  void passesOverRulesThatAreOff() {
    RuleTable table = parse(table(BOT.replace("\"on\": true", "\"on\": false"), BURST, LAST));
    assertThat(reason(table, EventType.CLICKED, "a robot")).isEqualTo("nothing");
  }

  @Test
  void takesTheFirstRuleThatApplies() {
    String other = BOT.replace("\"robot\", \"on\"", "\"other\", \"on\"");
    assertThat(reason(parse(table(BOT, other, LAST)), EventType.CLICKED, "a robot"))
        .isEqualTo("robot");
    assertThat(reason(parse(table(other, BOT, LAST)), EventType.CLICKED, "a robot"))
        .isEqualTo("other");
  }

  @Test
  void opensToBehaviourWhatStandsBehindItsRules() {
    assertThat(isRobotOpen(table(BOT, BURST, LAST))).isFalse();
    assertThat(isRobotOpen(table(BURST, BOT, LAST))).isTrue();
    assertThat(isRobotOpen(table(BOT, LAST))).isFalse();
  }

  @Test
  void shipsRulesWithSources() {
    assertThat(RuleFile.builtIn().version()).isEqualTo(3);
    assertThat(RuleFile.read(null).version()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "version": 7|"version": 0|version: expected a whole number from 1
          "version": 7|"v": 7|v: expected only the fields version, rules
          "confidence": 0.9|"confidence": 1.1|rule 1 (robot), confidence: expected a number from 0 to 1, got 1.1
          "confidence": 0.9|"confidence": "high"|rule 1 (robot), confidence: expected a number
          "verdict": "bot"|"verdict": "robot"|rule 1 (robot), verdict: expected human, proxy,
          "scope": "click"|"scope": "all"|rule 1 (robot), scope: expected pixel, click, both or reply, got "all"
          "on": true|"on": "yes"|rule 1 (robot), on: expected true or false, got "yes"
          "source": "a test"|"source": ""|rule 1 (robot), source: expected a text
          "agent_holds": ["robot"]|"agent_holds": "robot"|rule 1 (robot), evidence.agent_holds: expected an array
          "agent_holds": ["robot"]|"agent_has": ["robot"]|rule 1 (robot), evidence.agent_has: expected only the fields
          {"agent_holds": ["robot"]}|{}|rule 1 (robot), evidence: expected evidence in every rule but the last
          "name": "robot"|"name": "Robot"|rule 1 (Robot), name: expected a name of its own
          "name": "robot"|"name": "burst"|rule 2 (burst), name: expected a name of its own
          "name": "robot", |"name": "robot", "within": {"default": "1s"}, |rule 1 (robot), within: expected windows in behaviour rules alone
          "default": "10s"|"usual": "10s"|rule 2 (burst), within.default: expected this field, it is missing
          "gmail": "3s"|"gmail": 3|rule 2 (burst), within.gmail: expected a duration from 0ms to 30d
          "gmail": "3s"|"gmail": "31d"|rule 2 (burst), within.gmail: expected a duration from 0ms to 30d
          "distinct_links": 3|"distinct_links": 1|rule 2 (burst), evidence.distinct_links: expected a whole number from 2
          "distinct_links": 3|"distinct_links": 3, "method": "GET"|rule 2 (burst), evidence: expected one condition alone
          "distinct_links": 3|"soon_after_delivery": true|rule 2 (burst), before_delivery: expected this field, it is missing
          "within": {|"before_delivery": {"default": "1s"}, "within": {|rule 2 (burst), before_delivery: expected no such field
          "evidence": {}|"evidence": {"method": "GET"}|rule 3 (nothing): expected the last rule to be on
          "rules": [|"rules": [,|expected JSON at line 1
          "rules": [|"version": 7, "rules": [|expected JSON at line 1
          """)
  void namesFileRuleAndFieldOfAMistake(String right, String wrong, String message) {
    String table = table(BOT, BURST, LAST);
    assertThat(table).contains(right);
    int at = table.indexOf(right);
    String broken = table.substring(0, at) + wrong + table.substring(at + right.length());
    assertThatThrownBy(() -> parse(broken))
        .isInstanceOf(RuleFileException.class)
        .hasMessageStartingWith("some.json: " + message);
  }

  @Test
  void wantsBehaviourRulesTogether() {
    String second = BURST.replace("\"burst\"", "\"burst2\"");
    assertThatThrownBy(() -> parse(table(BURST, BOT, second, LAST)))
        .hasMessageStartingWith(
            "some.json: rule 3 (burst2): expected all behaviour rules to stand");
  }

  @Test
  void saysWhichFileCannotBeRead(@TempDir Path directory) {
    Path file = directory.resolve("none.json");
    assertThatThrownBy(() -> RuleFile.read(file)).hasMessageStartingWith(file + ": cannot be read");
  }

  private static boolean isRobotOpen(String json) {
    RuleTable table = parse(json);
    EmailEvent event = new EmailEvent();
    event.setUserAgent("robot");
    return table.isOpen(table.judge(EventType.CLICKED, event));
  }

  private static String reason(RuleTable table, EventType type, String agent) {
    EmailEvent event = new EmailEvent();
    event.setUserAgent(agent);
    return table.judge(type, event).reasons().getFirst();
  }

  private static RuleTable parse(String json) {
    return RuleFile.parse("some.json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static String table(String... rules) {
    return "{\"version\": 7, \"rules\": [" + String.join(",\n", rules) + "]}";
  }
}
