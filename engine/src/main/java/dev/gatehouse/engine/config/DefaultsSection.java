package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;

/// The lowest layer: what holds where neither service, group nor route says otherwise. Slots of policies stand beside
/// these keys.
@Settings(
        name = "defaults",
        value = "What holds where neither service, group nor route says otherwise. Policies stand beside these keys.")
public record DefaultsSection(
        @Setting("How long services may take.") TimeoutConfig timeout) {}
