package io.aftersend.standalone.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the log goes. Until one of these methods is called, warnings go to standard error
/// (`logback.xml`).
public final class Logs {
  private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level [%thread] %logger{30} - %msg%n";
  private static final String FILE_PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{40} - %msg%n";

  /// A week of an ordinary machine's log, and never more than fits beside the data.
  private static final int MAX_DAYS = 7;

  private static final FileSize MAX_FILE = FileSize.valueOf("20MB");
  private static final FileSize MAX_ALL = FileSize.valueOf("200MB");

  /// Programs whose ordinary words say nothing to an operator of ours.
  private static final List<String> NOISY =
      List.of(
          "org.apache.kafka",
          "kafka",
          "state.change.logger",
          "org.apache.zookeeper",
          "com.clickhouse",
          "io.netty",
          "io.helidon",
          "org.rocksdb");

  private Logs() {}

  /// All to `logs/aftersend.log` in the data directory, warnings of ours to standard error too.
  public static void toFile(Path dataDirectory) {
    LoggerContext context = reset();
    Path file = dataDirectory.resolve("logs").resolve("aftersend.log");
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder(context, FILE_PATTERN));
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(
        file.resolveSibling("aftersend.%d{yyyy-MM-dd}.%i.log.gz").toString());
    rolling.setMaxHistory(MAX_DAYS);
    rolling.setMaxFileSize(MAX_FILE);
    rolling.setTotalSizeCap(MAX_ALL);
    rolling.start();
    appender.setRollingPolicy(rolling);
    appender.start();
    ConsoleAppender<ILoggingEvent> warnings = standardError(context);
    ThresholdFilter threshold = new ThresholdFilter();
    threshold.setLevel(Level.WARN.levelStr);
    threshold.start();
    warnings.addFilter(threshold);
    warnings.start();
    Logger root = LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    attach(root, appender);
    // Others' warnings are for the file: in a start they are many and harmless.
    attach(LoggerFactory.getLogger("io.aftersend"), warnings);
  }

  /// All to standard error, as one service alone in production.
  public static void toStandardError() {
    LoggerContext context = reset();
    ConsoleAppender<ILoggingEvent> all = standardError(context);
    all.start();
    attach(LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME), all);
  }

  private static LoggerContext reset() {
    // Helidon logs by the JDK's own means, straight to standard error.
    java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    NOISY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    return context;
  }

  private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder(context, PATTERN));
    appender.setTarget("System.err");
    return appender;
  }

  private static PatternLayoutEncoder encoder(LoggerContext context, String pattern) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(pattern);
    encoder.start();
    return encoder;
  }

  private static void attach(Logger logger, Appender<ILoggingEvent> appender) {
    ((ch.qos.logback.classic.Logger) logger).addAppender(appender);
  }
}
