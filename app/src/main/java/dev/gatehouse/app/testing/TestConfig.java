package dev.gatehouse.app.testing;

import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One test: a request and what is expected, or several of them one after the other.
@Settings(name = "test_file.test", value = "One test: a request and what is expected, or steps that follow each other.")
public record TestConfig(
        @Setting("What is promised, in a sentence.") String name,

        @Setting("The request: GET /menus/r42?lang=it, or a section.") @Nullable
        RequestConfig request,

        @Setting(
                value = "How often it is asked; what is expected is expected of the last answer.",
                byDefault = "1",
                min = "1",
                max = "10000")
        int repeat,

        @Setting(value = "Time that passes before the request.", byDefault = "0s")
        Duration advance,

        @Setting("What time it is when the request is asked, in UTC: 2026-01-01T00:00:30Z. Time never goes back.")
        @Nullable
        String at,

        @Setting("Who asks: customer:u1, or a section. Left out, nobody but what the request shows.") @Nullable
        AskerConfig as,

        @Setting("Mocks for this test; asked before those of the file.")
        Map<String, ServiceMocks> mocks,

        @Setting("Variables of the environment the configuration is read with, beside those of the process.")
        Map<String, String> env,

        @Setting("What the answer has to be, and how it has to come about.")
        Map<String, JsonText> expect,

        @Setting(value = "Several requests one after the other, in place of one.", byDefault = "none")
        List<StepConfig> steps) {
    public TestConfig {
        mocks = Map.copyOf(mocks);
        StepTime.check(advance, at);
        env = Map.copyOf(env);
        expect = Collections.unmodifiableMap(new LinkedHashMap<>(expect));
        steps = List.copyOf(steps);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: a test needs a name");
        }
        if ((request == null) == steps.isEmpty()) {
            throw new IllegalArgumentException("a test has a request, or steps");
        }
        if (request == null && (!expect.isEmpty() || repeat != 1 || !advance.isZero() || at != null)) {
            throw new IllegalArgumentException("a test with steps says repeat, advance, at and expect in its steps");
        }
        if (request != null && expect.isEmpty()) {
            throw new IllegalArgumentException("a test needs 'expect': one that expects nothing always passes");
        }
    }

    /// What is done, one after the other.
    List<StepConfig> allSteps() {
        return request == null ? steps : List.of(new StepConfig(request, repeat, advance, at, as, Map.of(), expect));
    }
}
