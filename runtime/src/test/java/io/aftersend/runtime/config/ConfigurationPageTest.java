package io.aftersend.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Holds `docs/configuration.md` to the code, both ways.
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final Pattern ENTRY =
      Pattern.compile(
          "^### `(AFTERSEND_[A-Z_]+)`\\n\\n(?s:.+?)\\n\\n"
              + "\\*Default: (none|empty|`[^`]+`)\\. Range: [^*]+\\. Read by: [^*]+\\.\\*$",
          Pattern.MULTILINE);

  @Test
  void describesEveryKeyWithItsDefaultAndNoOther() throws IOException {
    Map<String, String> written = new TreeMap<>();
    for (Matcher entry = ENTRY.matcher(Files.readString(PAGE)); entry.find(); ) {
      assertThat(written.put(entry.group(1), entry.group(2))).as(entry.group(1)).isNull();
    }

    assertThat(written)
        .isEqualTo(
            Arrays.stream(ConfigKey.values())
                .collect(Collectors.toMap(ConfigKey::key, key -> written(key.defaultValue()))));
  }

  @Test
  void mentionsNoKeyThatDoesNotExist() throws IOException {
    Matcher mention = Pattern.compile("AFTERSEND_[A-Z_]*[A-Z]").matcher(Files.readString(PAGE));

    assertThat(mention.results().map(found -> ConfigKey.find(found.group())).distinct())
        .containsExactlyInAnyOrder(ConfigKey.values());
  }

  private static String written(@Nullable String defaultValue) {
    if (defaultValue == null) {
      return "none";
    }
    return defaultValue.isEmpty() ? "empty" : "`" + defaultValue + "`";
  }
}
