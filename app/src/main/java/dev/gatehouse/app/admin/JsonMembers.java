package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.config.Moment;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.config.decode.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The members of a body, read strictly: what is wrong is an [IllegalArgumentException] with a sentence for the
/// sender.
final class JsonMembers {
    private final JsonNode members;

    private JsonMembers(JsonNode members) {
        this.members = members;
    }

    /// @param keys all that may be there
    static JsonMembers of(String body, String... keys) {
        JsonNode members;
        try {
            members = ViewJson.MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!members.isObject()) {
            throw new IllegalArgumentException("The body is an object with some of: " + String.join(", ", keys));
        }
        List<String> known = List.of(keys);
        for (String key : members.propertyNames()) {
            if (!known.contains(key)) {
                String guess = Suggestions.question(Suggestions.nearest(key, known));
                throw new IllegalArgumentException("unknown key '" + key + "' (expected: " + String.join(", ", keys)
                        + ")" + (guess.isEmpty() ? "" : "; " + guess));
            }
        }
        return new JsonMembers(members);
    }

    @Nullable
    String text(String key) {
        JsonNode value = members.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: text)");
        }
        return value.stringValue();
    }

    /// The same, of what may be a secret: it stands in no refusal.
    @Nullable
    String secret(String key) {
        JsonNode value = members.path(key);
        if (!value.isMissingNode() && !value.isNull() && !value.isString()) {
            throw new IllegalArgumentException(key + ": this is no text (expected: text)");
        }
        return text(key);
    }

    /// One that has to be there; it may be a secret.
    String required(String key) {
        String text = secret(key);
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        return text;
    }

    List<String> texts(String key) {
        JsonNode value = members.path(key);
        List<String> texts = new ArrayList<>();
        if (value.isMissingNode() || value.isNull()) {
            return texts;
        }
        if (!value.isArray() || value.valueStream().anyMatch(one -> !one.isString())) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: a list of texts)");
        }
        value.forEach(one -> texts.add(one.stringValue()));
        return texts;
    }

    /// `7d`; `usual` when there is none.
    Duration time(String key, Duration usual) {
        String text = text(key);
        Duration time = text == null ? usual : Units.time(text);
        if (time == null) {
            throw new IllegalArgumentException(key + ": '" + text + "' (expected: a time such as 7d, 12h or 0s)");
        }
        return time;
    }

    /// A point in time, or how long from now; null when there is none.
    @Nullable
    Instant moment(String key, Instant now) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        Duration fromNow = Units.time(text);
        try {
            return fromNow == null ? Moment.of(text).instant() : now.plus(fromNow);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    key + ": '" + text + "' (expected: 2027-03-01, 2027-03-01T18:00:00Z, or 90d from now)", e);
        }
    }
}
