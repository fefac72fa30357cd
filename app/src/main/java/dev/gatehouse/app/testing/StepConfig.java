package dev.gatehouse.app.testing;

import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One of several requests of a test.
@Settings(name = "test_file.step", value = "One of the requests of a test.")
public record StepConfig(
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

        @Setting("Who asks; left out, whom the test says.") @Nullable
        AskerConfig as,

        @Setting("Mocks for this step; asked before those of the test.")
        Map<String, ServiceMocks> mocks,

        @Setting("What the answer has to be, and how it has to come about.")
        Map<String, JsonText> expect) {
    public StepConfig {
        mocks = Map.copyOf(mocks);
        StepTime.check(advance, at);
        if (request == null) {
            throw new IllegalArgumentException("a step needs 'request'");
        }
        expect = Collections.unmodifiableMap(new LinkedHashMap<>(expect));
    }

    /// The request, which every step has.
    RequestConfig asked() {
        return Objects.requireNonNull(request);
    }
}
