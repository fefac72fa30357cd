package dev.gatehouse.app.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.config.decode.Units;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a PATCH of an instance asks for.
sealed interface InstanceChange {
    /// @param time null: until it is restored
    record Drain(@Nullable Duration time) implements InstanceChange {}

    record Restore() implements InstanceChange {}

    /// @param why a sentence for the sender
    record Refused(String why) implements InstanceChange {}

    /// The body as the OpenAPI document describes it.
    ///
    /// @param state `drained` or `active`
    /// @param time for how long, such as `10m`; without it until the instance is made active
    record Wanted(
            String state, @JsonProperty("for") @Nullable String time) {}

    List<String> KEYS = List.of("state", "for");
    Duration LONGEST = Duration.ofDays(30);

    static InstanceChange read(String body) {
        JsonNode change;
        try {
            change = ViewJson.MAPPER.readTree(body);
        } catch (JacksonException e) {
            return new Refused("The body is not JSON: " + e.getOriginalMessage());
        }
        if (!change.isObject()) {
            return new Refused("The body should look like {\"state\": \"drained\", \"for\": \"10m\"}.");
        }
        for (String key : change.propertyNames()) {
            if (!KEYS.contains(key)) {
                String guess = Suggestions.question(Suggestions.nearest(key, KEYS));
                return new Refused(
                        "unknown key '" + key + "' (expected: state, for)" + (guess.isEmpty() ? "" : "; " + guess));
            }
        }
        JsonNode time = change.path("for");
        boolean forever = time.isMissingNode() || time.isNull();
        return switch (change.path("state").asString("")) {
            case "drained" -> forever ? new Drain(null) : drain(time);
            case "active" -> forever ? new Restore() : new Refused("'for' belongs to state 'drained' only.");
            default -> new Refused("state: " + change.path("state") + " (expected: \"drained\" or \"active\")");
        };
    }

    private static InstanceChange drain(JsonNode time) {
        Duration wanted = time.isString() ? Units.time(time.stringValue()) : null;
        if (wanted != null && wanted.isPositive() && wanted.compareTo(LONGEST) <= 0) {
            return new Drain(wanted);
        }
        return new Refused("for: " + time + " (expected: a time up to 30d, such as \"30s\", \"10m\" or \"2h\")");
    }
}
