package io.aftersend.bench.freshness;

import java.time.Duration;

/// What is measured.
///
/// @param hitsPerSecond mean rate of the load at the edge
/// @param warmUp for how long before, which is in no figure
/// @param duration for how long
/// @param messages that share the hits
/// @param isApiAsked whether the API is asked for the number, else the view in ClickHouse
public record FreshnessPlan(
    int hitsPerSecond, Duration warmUp, Duration duration, int messages, boolean isApiAsked) {}
