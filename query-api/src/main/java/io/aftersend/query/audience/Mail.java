package io.aftersend.query.audience;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One mail to one recipient, and what became of it.
///
/// @param state the final delivery state: `delivered`, `hard`, `soft`, `block`, `dropped` or
///   `deferred`; empty where nothing was reported
/// @param openedTotal machines included, as is `clickedTotal`
/// @param firstOpen by a person, as is `firstClick`
public record Mail(
    MailPlace place,
    String recipient,
    String account,
    String variant,
    String state,
    @Nullable Instant sentAt,
    long openedTotal,
    long openedHumanTotal,
    @Nullable Instant firstOpen,
    long clickedTotal,
    long clickedHumanTotal,
    @Nullable Instant firstClick,
    long replied,
    long converted,
    long unsubscribed,
    long complained) {}
