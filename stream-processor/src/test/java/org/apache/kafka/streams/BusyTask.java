package org.apache.kafka.streams;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Time;

/// Lets the task of a test driver take many records between two commits, as that of a busy
/// processor does. The driver itself commits after every record, also of inner topics, which takes
/// most of a test's time. It lies in Kafka's package since the driver shows its task to nobody
/// else.
public final class BusyTask {
  private BusyTask() {}

  /// Takes the records, and what they bring into inner topics, until nothing is left.
  ///
  /// @param records all of one input topic, with ascending offsets
  /// @throws IllegalStateException if the driver is another one than this was written for
  public static void take(TopologyTestDriver driver, List<ConsumerRecord<byte[], byte[]>> records) {
    ConsumerRecord<byte[], byte[]> first = records.getFirst();
    driver.task.addRecords(new TopicPartition(first.topic(), first.partition()), records);
    takeAll(driver);
  }

  /// As [TopologyTestDriver#advanceWallClockTime(Duration)].
  public static void advance(TopologyTestDriver driver, Duration duration) {
    time(driver).sleep(duration.toMillis());
    driver.task.maybePunctuateSystemTime();
    commit(driver);
    takeAll(driver);
  }

  private static void takeAll(TopologyTestDriver driver) {
    long now = time(driver).milliseconds();
    boolean more = true;
    while (more) {
      more = false;
      driver.task.resumePollingForPartitionsWithAvailableSpace();
      driver.task.updateLags();
      while (driver.task.process(now)) {
        driver.task.maybePunctuateStreamTime();
        more = true;
      }
      commit(driver);
    }
  }

  private static void commit(TopologyTestDriver driver) {
    call(driver, "commit", driver.task.prepareCommit(true));
    driver.task.postCommit(true);
    call(driver, "captureOutputsAndReEnqueueInternalResults");
  }

  private static Time time(TopologyTestDriver driver) {
    try {
      Field time = TopologyTestDriver.class.getDeclaredField("mockWallClockTime");
      time.setAccessible(true);
      return (Time) time.get(driver);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read the driver's time", e);
    }
  }

  private static void call(TopologyTestDriver driver, String method, Object... arguments) {
    Class<?>[] types = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {Map.class};
    try {
      Method found = TopologyTestDriver.class.getDeclaredMethod(method, types);
      found.setAccessible(true);
      found.invoke(driver, arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot " + method, e);
    }
  }
}
