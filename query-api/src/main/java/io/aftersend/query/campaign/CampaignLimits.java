package io.aftersend.query.campaign;

/// How many events of a campaign met a limit of what is remembered of one message.
///
/// @param uncheckedEvents events counted without a look for repeats
public record CampaignLimits(long uncheckedEvents) {}
