package io.aftersend.standalone.demo;

import java.util.concurrent.atomic.LongAdder;

/// How much the demo asked of the edge. Thread-safe.
final class Traffic {
  private final LongAdder posts = new LongAdder();
  private final LongAdder repeatedPosts = new LongAdder();
  private final LongAdder events = new LongAdder();
  private final LongAdder hits = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder rejected = new LongAdder();

  void addPost(int accepted, int refused) {
    posts.increment();
    events.add(accepted);
    rejected.add(refused);
  }

  void addRepeatedPost() {
    repeatedPosts.increment();
  }

  void addHit() {
    hits.increment();
  }

  void addRetry() {
    retries.increment();
  }

  /// Batches that were accepted, repeats apart.
  long posts() {
    return posts.sum();
  }

  /// Batches that were posted once more after they had been accepted.
  long repeatedPosts() {
    return repeatedPosts.sum();
  }

  /// Events accepted in batches, repeats apart.
  long events() {
    return events.sum();
  }

  /// Hits on tracked URLs that were answered.
  long hits() {
    return hits.sum();
  }

  /// Requests made again because they failed.
  long retries() {
    return retries.sum();
  }

  /// Events that the edge refused.
  long rejected() {
    return rejected.sum();
  }
}
