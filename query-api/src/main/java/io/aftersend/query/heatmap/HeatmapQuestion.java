package io.aftersend.query.heatmap;

/// What a heatmap is asked of.
///
/// @param event the wire name of the event type
/// @param basis `event`: by when it happened; `sent`: by when the mail was sent
public record HeatmapQuestion(String tenant, String campaign, String event, String basis) {}
