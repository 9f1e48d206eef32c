-- What an event was taken for before its latest judgement. Rows of earlier releases tell nothing.
ALTER TABLE event_log ADD COLUMN IF NOT EXISTS
    `verdict_before` LowCardinality(String) COMMENT 'Verdict of the revision before; empty with the first.';
