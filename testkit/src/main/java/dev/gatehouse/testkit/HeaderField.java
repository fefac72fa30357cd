package dev.gatehouse.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One header or trailer line, name and value as they came over the wire, without the blanks around the value.
public record HeaderField(String name, String value) {

    @Override
    public String toString() {
        return name + ": " + value;
    }

    static @Nullable String first(List<HeaderField> fields, String name) {
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    static List<String> all(List<HeaderField> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .toList();
    }

    /// Whether a comma-separated header holds the word, such as `close` in `Connection`.
    static boolean lists(List<HeaderField> fields, String name, String word) {
        for (String value : all(fields, name)) {
            for (String part : value.split(",", -1)) {
                if (part.trim().equalsIgnoreCase(word)) {
                    return true;
                }
            }
        }
        return false;
    }
}
