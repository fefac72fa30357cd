package dev.gatehouse.app.testing;

import dev.gatehouse.engine.config.source.Span;
import dev.gatehouse.engine.target.proxy.SentRequest;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One line under `expect`.
///
/// @param key `status`, `header.cache-status`, `json.items[0].name`
/// @param wanted what is written behind it
/// @param at where that stands
record Expectation(String key, JsonNode wanted, Span at) {
    /// Keys that stand for themselves.
    static final List<String> KEYS = List.of(
            "status",
            "route",
            "service",
            "code",
            "denied_by",
            "answered_by",
            "upstream_calls",
            "body",
            "json",
            "sent.method",
            "sent.path",
            "sent.body",
            "sent.json");

    /// Beginnings of keys that name something.
    static final List<String> PREFIXES = List.of("header.", "json.", "sent.header.", "sent.json.");

    private static final String NONE = "none";

    /// How it turned out.
    sealed interface Outcome {
        record Met() implements Outcome {}

        /// @param got what was there instead
        record Missed(String got) implements Outcome {}

        /// A running gateway does not tell.
        record NotChecked() implements Outcome {}
    }

    /// @throws IllegalArgumentException with a sentence for the user
    Expectation {
        boolean text = wanted.isString() || wanted.isNull();
        boolean number = wanted.isIntegralNumber();
        boolean fits = switch (key) {
            case "status" -> number || wanted.isString() && wanted.asString().matches("[1-5]xx");
            case "upstream_calls" -> number || wanted.isObject();
            default ->
                key.equals("json") || key.startsWith("json.") || key.contains(".json") || text || !wanted.isContainer();
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    switch (key) {
                        case "status" -> "'status' is a number such as 200, or 2xx";
                        case "upstream_calls" -> "'upstream_calls' is a number, or one for each service";
                        default -> "'" + key + "' is a text";
                    });
        }
        if (wanted.isString()) {
            TextPattern.of(wanted.asString());
        }
    }

    Outcome check(Seen seen) {
        if (key.startsWith("header.")) {
            return text(seen.header(key.substring("header.".length())));
        }
        if (key.equals("json") || key.startsWith("json.")) {
            return json(seen.text(), key.substring("json".length()));
        }
        return switch (key) {
            case "status" -> status(seen.status());
            case "body" -> text(seen.text());
            case "code" ->
                name(
                        seen.trace() == null
                                ? seen.header("Gatehouse-Error")
                                : seen.trace().code());
            default -> seen.trace() == null ? new Outcome.NotChecked() : decision(seen, seen.trace());
        };
    }

    private Outcome decision(Seen seen, DecisionTrace trace) {
        return switch (key) {
            case "route" -> name(trace.winner() == null ? null : trace.winner().route());
            case "service" ->
                name(
                        trace.destinations().isEmpty()
                                ? null
                                : trace.destinations().getFirst().service());
            case "denied_by" -> deniedBy(trace.code() == null ? null : Decider.of(trace));
            case "answered_by" -> name(trace.answeredBy());
            case "upstream_calls" -> calls(seen.calls());
            default -> sent(seen.lastCall());
        };
    }

    private Outcome sent(@Nullable SentRequest call) {
        if (call == null) {
            return new Outcome.Missed("no service was called");
        }
        if (key.startsWith("sent.header.")) {
            return text(call.header(key.substring("sent.header.".length())));
        }
        String body = new String(call.body(), java.nio.charset.StandardCharsets.UTF_8);
        if (key.startsWith("sent.json")) {
            return json(body, key.substring("sent.json".length()));
        }
        return switch (key) {
            case "sent.method" -> text(call.method());
            case "sent.path" -> text(call.target());
            case "sent.body" -> text(body);
            default -> throw new IllegalStateException(key);
        };
    }

    // ── comparisons
    // ──────────────────────────────────────────────────────────────────────────────────────────────────

    private Outcome status(int status) {
        boolean met = wanted.isNumber()
                ? wanted.asInt() == status
                : wanted.asString().charAt(0) == Character.forDigit(status / 100, 10);
        return met ? new Outcome.Met() : new Outcome.Missed("got " + status);
    }

    /// A value of the message; null stands for "not there".
    private Outcome text(@Nullable String got) {
        String written = wanted.isNull() ? "!*" : wanted.asString();
        return TextPattern.of(written).fits(got) ? new Outcome.Met() : missed(got);
    }

    /// A name of the configuration; `none` and null stand for "nobody".
    private Outcome name(@Nullable String got) {
        boolean nobody = wanted.isNull() || wanted.asString().equals(NONE);
        boolean met = nobody ? got == null : wanted.asString().equals(got);
        return met ? new Outcome.Met() : missed(got);
    }

    private Outcome deniedBy(@Nullable String decider) {
        boolean nobody = wanted.isNull() || wanted.asString().equals(NONE);
        boolean met = nobody ? decider == null : decider != null && Decider.isMeant(wanted.asString(), decider);
        return met ? new Outcome.Met() : new Outcome.Missed(decider == null ? "nobody denied it" : "it was " + decider);
    }

    private Outcome calls(List<SentRequest> calls) {
        if (wanted.isNumber()) {
            return calls.size() == wanted.asInt() ? new Outcome.Met() : new Outcome.Missed(times(calls.size()));
        }
        for (Map.Entry<String, JsonNode> one : wanted.properties()) {
            long count = calls.stream()
                    .filter(call -> call.service().equals(one.getKey()))
                    .count();
            if (count != one.getValue().asLong()) {
                return new Outcome.Missed(times(count) + " to " + one.getKey());
            }
        }
        return new Outcome.Met();
    }

    private static String times(long count) {
        return "got " + count + (count == 1 ? " call" : " calls");
    }

    private Outcome json(String body, String path) {
        JsonNode document = JsonPath.read(body);
        if (document == null) {
            return wanted.isNull() ? new Outcome.Met() : new Outcome.Missed("the body is not JSON");
        }
        JsonNode got = JsonPath.of(path).in(document);
        boolean met = got == null || got.isNull()
                ? wanted.isNull()
                : wanted.isString() && got.isString()
                        ? TextPattern.of(wanted.asString()).fits(got.asString())
                        : JsonPath.isSame(wanted, got);
        return met ? new Outcome.Met() : missed(got == null ? null : got.toString());
    }

    private static Outcome missed(@Nullable String got) {
        return new Outcome.Missed(got == null ? "there is none" : "got " + shortened(got));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.isEmpty() ? "nothing" : line.length() <= 80 ? line : line.substring(0, 79) + "…";
    }

    @Override
    public String toString() {
        return key.toLowerCase(Locale.ROOT) + " " + Objects.toString(wanted);
    }
}
