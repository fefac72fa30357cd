package dev.gatehouse.app.admin.view;

/// The configuration that runs: includes put in, defaults filled in, secrets masked.
///
/// @param revision `r18`
/// @param yaml the text
public record EffectiveConfig(String revision, String yaml) {}
