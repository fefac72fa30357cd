package dev.gatehouse.app.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.engine.target.proxy.StandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a mock does with a request.
@Settings(name = "test_file.mock", value = "What a mock does with a request.")
public record MockConfig(
        @Setting(value = "The status of the answer.", byDefault = "200", min = "200", max = "599")
        int status,

        @Setting("Its body as JSON, written as YAML.") @Nullable
        JsonText json,

        @Setting("Its body as text.") @Nullable String body,

        @Setting("Its header fields.") Map<String, String> headers,

        @Setting(value = "How long it takes; longer than the route's time-outs is a time-out.", byDefault = "0s")
        Duration delay,

        @Setting("It does not answer: connect, timeout, or broken (the connection ends).") @Nullable
        Fail fail) {
    /// In which way a service does not answer.
    public enum Fail {
        /// No connection to any instance.
        CONNECT,
        /// It says nothing until the route's time is over.
        TIMEOUT,
        /// It closes the connection without an answer.
        BROKEN
    }

    public MockConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (json != null && body != null) {
            throw new IllegalArgumentException("an answer has one body: give json or body");
        }
        if (fail != null && (json != null || body != null || !headers.isEmpty())) {
            throw new IllegalArgumentException("fail: a service that fails has no answer; remove the rest");
        }
        headers.forEach((name, value) -> {
            HeaderName.of(name);
            FieldValues.checked(value);
        });
    }

    StandIn.Act act() {
        if (fail != null) {
            return new StandIn.Fails(
                    switch (fail) {
                        case CONNECT -> StandIn.Fails.How.CONNECT;
                        case TIMEOUT -> StandIn.Fails.How.TIMEOUT;
                        case BROKEN -> StandIn.Fails.How.BROKEN;
                    },
                    delay);
        }
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        boolean typed = headers.keySet().stream().anyMatch("content-type"::equalsIgnoreCase);
        if (!typed && (json != null || body != null)) {
            fields.add(Map.entry("Content-Type", json != null ? "application/json" : "text/plain; charset=utf-8"));
        }
        headers.forEach((name, value) -> fields.add(Map.entry(name, value)));
        String text = json != null ? json.text() : body == null ? "" : body;
        return new StandIn.Answer(status, fields, text.getBytes(UTF_8), delay);
    }
}
