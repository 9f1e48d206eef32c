-- When the token of a hit was signed. Posted events and rows of earlier releases have none.
ALTER TABLE event_log ADD COLUMN IF NOT EXISTS
    `issued_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'When the token of the hit was signed; to the hour in mode aggregate.' CODEC(ZSTD(1));
