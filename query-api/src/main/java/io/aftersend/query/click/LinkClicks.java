package io.aftersend.query.click;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The clicks of one link of a campaign.
///
/// @param place which link it is
/// @param url its target as clicked last
/// @param urls how many targets it had
/// @param total clicks, machines included
/// @param unique distinct messages in which it was clicked, machines included
/// @param humanTotal clicks by people
/// @param humanUnique distinct messages in which a person clicked it
/// @param firstHumanClick null where no person clicked, as is `lastHumanClick`
public record LinkClicks(
    LinkPlace place,
    String url,
    long urls,
    long total,
    long unique,
    long humanTotal,
    long humanUnique,
    Instant firstClick,
    Instant lastClick,
    @Nullable Instant firstHumanClick,
    @Nullable Instant lastHumanClick) {}
