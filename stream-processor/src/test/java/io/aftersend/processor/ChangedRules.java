package io.aftersend.processor;

import io.aftersend.processor.verdict.RuleFile;
import io.aftersend.processor.verdict.RuleTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The rules that we ship with changes that turn verdicts every way: people's into machines' and
/// back, exact signatures into behaviour and back.
final class ChangedRules {
  private ChangedRules() {}

  static RuleTable in(Path directory) throws IOException {
    String text;
    try (InputStream in = RuleFile.class.getResourceAsStream("verdict-rules.json")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    text = replaced(text, "\"version\": ", "\"version\": 9");
    text = replaced(text, "{\"distinct_links\": 3}", "{\"distinct_links\": 2}");
    text = replaced(text, "{\"distinct_networks\": 3}", "{\"distinct_networks\": 4}");
    text = off(text, "unsubscribe_and_link");
    text = off(text, "head_request");
    text = off(text, "barracuda");
    text = verdict(text, "gmail_proxy", "proxy", "prefetch");
    text = verdict(text, "apple_mpp", "prefetch", "proxy");
    Path file = Files.writeString(Files.createTempFile(directory, "rules", ".json"), text);
    return RuleFile.read(file);
  }

  private static String off(String text, String rule) {
    String name = "\"name\": \"" + rule + "\",";
    return replaced(text, name + "\n      \"on\": true", name + "\n      \"on\": false");
  }

  private static String verdict(String text, String rule, String before, String after) {
    String name = "\"name\": \"" + rule + "\",\n      \"on\": true,\n      \"verdict\": ";
    return replaced(text, name + "\"" + before + "\"", name + "\"" + after + "\"");
  }

  private static String replaced(String text, String before, String after) {
    if (!text.contains(before)) {
      throw new AssertionError("expected in the rules: " + before);
    }
    return text.replace(before, after);
  }
}
