package io.aftersend.query.campaign;

/// How many events of a campaign met a limit of what is remembered of one message.
///
/// @param uncheckedEvents events counted without a look for repeats
/// @param lateEvents events counted in totals only, since earlier facts of their message may have
///   been forgotten
public record CampaignLimits(long uncheckedEvents, long lateEvents) {}
