package dev.gatehouse.app.testing;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;

/// The tests a configuration has to pass before it runs.
@Settings(name = "tests", value = "Request tests this configuration has to pass before it runs.")
public record TestsConfig(
        @Setting(
                value =
                        "Files or patterns such as tests/*.test.yaml, relative to the configuration; ** is any folders.",
                min = "1")
        List<String> files,

        @Setting(
                value = "What a test that fails does to a start and a reload: refuse it, or warn.",
                byDefault = "refuse")
        OnFailure onFailure) {
    /// What becomes of a configuration that fails.
    public enum OnFailure {
        /// It does not run.
        REFUSE,
        /// It runs, and the log tells.
        WARN
    }

    public TestsConfig {
        files = List.copyOf(files);
    }

    public static TestsConfig of(List<String> files) {
        return new TestsConfig(files, OnFailure.REFUSE);
    }
}
