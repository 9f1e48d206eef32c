package io.aftersend.processor.rejudge;

import org.jspecify.annotations.Nullable;

/// Whose events are judged again.
///
/// @param tenant null for all tenants
/// @param campaign all events of the messages that have any in the campaign; null for all campaigns
public record Selection(@Nullable String tenant, @Nullable String campaign) {}
