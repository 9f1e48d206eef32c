package io.aftersend.processor.rejudge;

import io.aftersend.schemas.event.JudgedEvent;
import java.util.List;

/// All stored events of one key: of a message, else of a recipient, a list, or a mailbox and
/// thread.
///
/// @param key as in the topic of events
/// @param events by time of ingest
/// @param isWhole whether these are all of them, and not only the first of too many
record StoredMessage(String key, List<JudgedEvent> events, boolean isWhole) {}
