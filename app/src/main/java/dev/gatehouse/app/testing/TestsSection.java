package dev.gatehouse.app.testing;

import dev.gatehouse.api.config.ConfigSection;

/// `tests` at the top of a configuration.
public final class TestsSection implements ConfigSection<TestsConfig> {
    static final String NAME = "tests";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<TestsConfig> type() {
        return TestsConfig.class;
    }
}
