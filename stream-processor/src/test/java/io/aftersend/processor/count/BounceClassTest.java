package io.aftersend.processor.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BounceClassTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          soft   | 5.1.1 | 550 | no such user                                      | SOFT
          hard   |       |     |                                                   | HARD
          block  |       |     |                                                   | BLOCK
                 | 5.1.1 |     |                                                   | HARD
                 | 5.1.10|     |                                                   | HARD
                 | 5.1.8 |     |                                                   | BLOCK
                 | 5.2.1 |     |                                                   | HARD
                 | 5.2.2 | 552 |                                                   | SOFT
                 | 5.2.3 |     |                                                   | SOFT
                 | 5.3.4 |     |                                                   | SOFT
                 | 5.4.1 |     |                                                   | SOFT
                 | 5.4.4 |     |                                                   | SOFT
                 | 5.4.4 |     | NXDOMAIN                                          | HARD
                 | 4.4.7 |     |                                                   | SOFT
                 | 5.5.2 |     |                                                   | SOFT
                 | 5.6.0 |     |                                                   | BLOCK
                 | 5.7.1 | 550 |                                                   | BLOCK
                 | 5.7.515|    |                                                   | BLOCK
                 | 5.0.0 |     | smtp; 550 5.7.1 rejected                          | BLOCK
                 | 5.0.0 | 550 |                                                   | HARD
                 | 5.0.0 |     |                                                   | HARD
                 | 5.0.0 |     | mailbox full                                      | SOFT
                 |       | 550 | 550 5.1.1 <a@b.example>: user unknown             | HARD
                 |       | 550 | blocked because of your IP's reputation           | BLOCK
                 |       | 552 |                                                   | SOFT
                 |       | 550 |                                                   | HARD
                 |       | 421 |                                                   | SOFT
                 |       |     | 554 transaction failed                            | HARD
                 |       |     | host 10.5.1.1 said: 450 try later                 | SOFT
                 |       |     |                                                   | SOFT
          """)
  void isReadFromWhatTheBounceSays(
      @Nullable String stated,
      @Nullable String enhancedCode,
      @Nullable Integer smtpCode,
      @Nullable String diagnostic,
      BounceClass expected) {
    assertThat(BounceClass.of(stated, enhancedCode, smtpCode, diagnostic)).isEqualTo(expected);
  }
}
