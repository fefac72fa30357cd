package dev.gatehouse.app.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A place in a JSON document: `items[0].name`; empty for all of it.
///
/// @param steps names, and numbers of entries
record JsonPath(List<String> steps) {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]{1,9})]");

    /// `1` and `1.0` are the same number.
    private static final Comparator<JsonNode> ALIKE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    JsonPath {
        steps = List.copyOf(steps);
    }

    static JsonPath of(String written) {
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(written);
        while (step.find()) {
            steps.add(step.group(1) == null ? step.group(2) : step.group(1));
        }
        return new JsonPath(steps);
    }

    /// What stands there; null when nothing does.
    @Nullable
    JsonNode in(@Nullable JsonNode document) {
        JsonNode node = document;
        for (String step : steps) {
            if (node == null) {
                return null;
            }
            boolean entry = node.isArray() && step.chars().allMatch(Character::isDigit);
            node = entry ? node.get(Integer.parseInt(step)) : node.get(step);
        }
        return node;
    }

    static boolean isSame(JsonNode one, JsonNode other) {
        return one.equals(ALIKE, other);
    }

    /// Null when the text is not JSON.
    static @Nullable JsonNode read(String text) {
        try {
            return text.isBlank() ? null : JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }
}
