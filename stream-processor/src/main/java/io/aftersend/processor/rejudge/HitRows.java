package io.aftersend.processor.rejudge;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.schemas.event.JudgedEvent;
import org.jspecify.annotations.Nullable;

/// Writes what is judged otherwise into its table, many rows at once. For one thread.
final class HitRows {
  private static final int BATCH_ROWS = 10_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final EventLog log;
  private final String rules;
  private final int ruleVersion;
  private final StringBuilder lines = new StringBuilder();
  private int waiting;

  HitRows(EventLog log, String rules, int ruleVersion) {
    this.log = log;
    this.rules = rules;
    this.ruleVersion = ruleVersion;
  }

  /// Adds an event that is judged otherwise than before.
  void add(JudgedEvent before, JudgedEvent event) throws InterruptedException {
    ObjectNode row = JSON.createObjectNode();
    row.put("rules", rules);
    row.put("rule_version", ruleVersion);
    row.put("tenant", event.getTenant());
    row.put("campaign", text(event.getCampaign()));
    row.put("message", text(event.getMessage()));
    row.put("event_id", event.getEventId());
    row.put("recipient", text(event.getRecipient()));
    row.put("list", text(event.getList()));
    row.put("mailbox", text(event.getMailbox()));
    row.put("thread", text(event.getThread()));
    row.put("type", event.getType());
    row.put("verdict_before", before.getVerdict());
    row.set("reasons_before", JSON.valueToTree(before.getReasons()));
    row.put("verdict_after", event.getVerdict());
    row.set("reasons_after", JSON.valueToTree(event.getReasons()));
    row.put("revision", event.getRevision());
    lines.append(row).append('\n');
    waiting++;
    if (waiting >= BATCH_ROWS) {
      flush();
    }
  }

  void flush() throws InterruptedException {
    if (waiting > 0) {
      log.insertHits(lines.toString());
    }
    lines.setLength(0);
    waiting = 0;
  }

  /// A text as the tables have it, where it is never null.
  static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
