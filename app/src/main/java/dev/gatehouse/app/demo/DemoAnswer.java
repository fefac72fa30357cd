package dev.gatehouse.app.demo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer of the demo's services.
///
/// @param body becomes JSON; null for none
/// @param after how long the service takes its time before it answers
record DemoAnswer(
        int status, Map<String, String> headers, @Nullable Map<String, Object> body, Duration after) {
    static DemoAnswer of(int status, Map<String, Object> body) {
        return new DemoAnswer(status, Map.of(), body, Duration.ZERO);
    }

    static DemoAnswer ok(Map<String, Object> body) {
        return of(200, body);
    }

    /// A refusal in the service's own words.
    static DemoAnswer refusal(int status, String why) {
        return of(status, new LinkedHashMap<>(Map.of("error", why)));
    }

    static DemoAnswer notAllowed(String allowed) {
        return refusal(405, "only " + allowed).with("Allow", allowed);
    }

    static DemoAnswer empty(int status) {
        return new DemoAnswer(status, Map.of(), null, Duration.ZERO);
    }

    DemoAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new DemoAnswer(status, more, body, after);
    }

    DemoAnswer later(Duration more) {
        return new DemoAnswer(status, headers, body, after.plus(more));
    }

    /// The same with the name of who answered: in `X-Instance`, and in the body when there is one.
    DemoAnswer signed(String instance) {
        if (body == null) {
            return with("X-Instance", instance);
        }
        Map<String, Object> fields = new LinkedHashMap<>(body);
        fields.put("instance", instance);
        return new DemoAnswer(status, headers, fields, after).with("X-Instance", instance);
    }
}
