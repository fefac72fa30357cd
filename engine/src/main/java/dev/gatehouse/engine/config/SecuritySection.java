package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Settings;

/// Who may call. All that stands in it is read by the features it belongs to: `authentication` by those who know its
/// types, everything else as sections of their own.
@Settings(name = "security", value = "Who may call.")
public record SecuritySection() {}
