package dev.gatehouse.policy.auth.external;

import dev.gatehouse.api.HeaderName;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of what an auth service answers, as users name it: `header.X-User` or `body.user.id`, a member of its JSON.
///
/// @param name the field's, or the members that lead to it with dots between them
record AnswerPart(boolean inBody, String name) {
    /// @throws IllegalArgumentException with a sentence for the user
    static AnswerPart of(String written) {
        int dot = written.indexOf('.');
        String name = dot < 0 ? "" : written.substring(dot + 1).strip();
        String kind = dot < 0 ? "" : written.substring(0, dot).strip().toLowerCase(Locale.ROOT);
        if (!name.isEmpty() && kind.equals("header")) {
            return new AnswerPart(false, HeaderName.of(name).toString());
        }
        if (!name.isEmpty() && kind.equals("body")) {
            return new AnswerPart(true, name);
        }
        throw new IllegalArgumentException(
                "'" + written + "' is no part of an answer (expected: header.X-User or body.user.id)");
    }

    /// The one value; null when there is none.
    ///
    /// @throws IOException when there are several, or it is no text and no whole number: who is meant?
    @Nullable
    String one(HttpHeaders headers, Map<?, ?> body) throws IOException {
        if (inBody) {
            return switch (value(headers, body)) {
                case null -> null;
                case String text -> text.isEmpty() ? null : text;
                case Long number -> number.toString();
                case BigInteger number -> number.toString();
                default -> throw new IOException("the auth service's answer has no single value in '" + name + "'");
            };
        }
        List<String> values = headers.allValues(name);
        if (values.size() > 1 || (values.size() == 1 && values.getFirst().indexOf(',') >= 0)) {
            throw new IOException("the auth service's answer has several values in '" + name + "'");
        }
        return values.isEmpty() || values.getFirst().isBlank()
                ? null
                : values.getFirst().strip();
    }

    /// Names: a list, or a text with commas or spaces between them.
    List<String> names(HttpHeaders headers, Map<?, ?> body) {
        List<String> names = new ArrayList<>();
        Iterable<?> written = switch (value(headers, body)) {
            case null -> List.of();
            case List<?> list -> list;
            case Object one -> List.of(one);
        };
        for (Object text : written) {
            if (text instanceof String words) {
                for (String word : words.split("[ ,]+", -1)) {
                    if (!word.isEmpty()) {
                        names.add(word);
                    }
                }
            }
        }
        return names;
    }

    /// What stands there, as JSON; null when nothing does. Several fields of a name are a list.
    @Nullable
    Object value(HttpHeaders headers, Map<?, ?> body) {
        if (!inBody) {
            List<String> values = headers.allValues(name);
            return switch (values.size()) {
                case 0 -> null;
                case 1 -> values.getFirst();
                default -> values;
            };
        }
        Object within = body;
        for (String member : name.split("\\.", -1)) {
            within = within instanceof Map<?, ?> map ? map.get(member) : null;
        }
        return within;
    }
}
