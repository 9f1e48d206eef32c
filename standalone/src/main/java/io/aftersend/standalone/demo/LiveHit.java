package io.aftersend.standalone.demo;

import io.aftersend.schemas.event.EventType;

/// A hit of the demo on a tracked URL, made while the demo runs.
///
/// @param type `OPENED`, `CLICKED`, `CONVERTED`, `UNSUBSCRIBED` or `UNSUBSCRIBE_VIEWED`
/// @param link for clicks, the index of the link in [DemoCampaign#LINKS]
/// @param value for conversions, the amount; else empty
record LiveHit(
    DemoMessage message, EventType type, Actor actor, String userAgent, int link, String value) {}
