package dev.gatehouse.app.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.config.decode.Suggestions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    Pattern TIME = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
    Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

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
        Matcher parts = TIME.matcher(time.isString() ? time.stringValue() : "");
        if (parts.matches()) {
            Duration wanted =
                    UNITS.getOrDefault(parts.group(2), Duration.ZERO).multipliedBy(Long.parseLong(parts.group(1)));
            if (wanted.isPositive() && wanted.compareTo(LONGEST) <= 0) {
                return new Drain(wanted);
            }
        }
        return new Refused("for: " + time + " (expected: a time up to 30d, such as \"30s\", \"10m\" or \"2h\")");
    }
}
