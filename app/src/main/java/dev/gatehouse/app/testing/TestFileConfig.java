package dev.gatehouse.app.testing;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of request tests, as it is written.
@Settings(name = "test_file", value = "Request tests of a configuration, in a file of their own.")
public record TestFileConfig(
        @Setting(value = "Version of the language; there is one.", byDefault = "1")
        int version,

        @Setting("The configuration under test, relative to this file; left out, the one the command is about.")
        @Nullable
        String config,

        @Setting(
                value = "What time it is when a test begins, in UTC: 2026-01-01T00:00:00Z.",
                byDefault = "2026-01-01T00:00:00Z")
        String now,

        @Setting("Who answers for each service: `METHOD /path` or * to an answer.")
        Map<String, ServiceMocks> mocks,

        @Setting(value = "The tests; each begins with nothing remembered.", min = "1")
        List<TestConfig> tests) {
    public TestFileConfig {
        mocks = Map.copyOf(mocks);
        tests = List.copyOf(tests);
        if (version != 1) {
            throw new IllegalArgumentException("version: " + version + " (expected: 1, the only one there is)");
        }
        try {
            Instant.parse(now);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("now: '" + now + "' is not a moment such as 2026-01-01T00:00:00Z", e);
        }
    }

    Instant begin() {
        return Instant.parse(now);
    }
}
