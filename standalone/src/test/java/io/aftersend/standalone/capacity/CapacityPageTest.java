package io.aftersend.standalone.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.standalone.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Holds `docs/capacity.md` to the command.
class CapacityPageTest {
  private static final Path PAGE = Path.of("..", "docs", "capacity.md");
  private static final Pattern RUN =
      Pattern.compile(
          "\\$ \\./aftersend (capacity [^\\n]+)\\n(.+?)\\n(?=\\n\\$|```)", Pattern.DOTALL);

  @TempDir private Path directory;

  @Test
  void showsWhatTheCommandPrints() throws IOException {
    int runs = 0;
    for (Matcher run = RUN.matcher(Files.readString(PAGE)); run.find(); runs++) {
      CommandLineRun program = new CommandLineRun(directory);

      assertThat(program.run(run.group(1).split(" ", -1))).as(program.err()).isZero();
      assertThat(program.out().strip()).as(run.group(1)).isEqualTo(run.group(2).strip());
    }
    assertThat(runs).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "--mails-per-day=0, a whole number from 1",
    "--busy=0, a number above 0 up to 1",
    "--peak=0.5, a number from 1",
    "--hits-per-mail=3, 0 to all events",
    "--cores=0, a whole number from 1",
  })
  void namesTheOptionThatIsWrong(String option, String expected) {
    CommandLineRun program = new CommandLineRun(directory);
    String[] wrong =
        option.startsWith("--mails")
            ? new String[] {"capacity", option}
            : new String[] {"capacity", "--mails-per-day=1", option};

    assertThat(program.run(wrong)).isEqualTo(2);
    assertThat(program.err())
        .contains(option.substring(0, option.indexOf('=')) + ": expected " + expected);
  }
}
