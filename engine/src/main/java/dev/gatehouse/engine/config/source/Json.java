package dev.gatehouse.engine.config.source;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes JSON (RFC 8259): maps in their order, lists, strings, numbers, booleans, null.
public final class Json {
    private final StringBuilder out = new StringBuilder();
    private final boolean indented;

    private Json(boolean indented) {
        this.indented = indented;
    }

    /// On many lines, two blanks per level.
    public static String write(Object value) {
        Json json = new Json(true);
        json.value(value, "\n");
        return json.out.toString();
    }

    /// On one line, without blanks.
    public static String compact(@Nullable Object value) {
        Json json = new Json(false);
        json.value(value, "");
        return json.out.toString();
    }

    private void value(@Nullable Object value, String newLine) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> object(map, newLine);
            case List<?> list -> array(list, newLine);
            case String text -> string(text);
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private void object(Map<?, ?> map, String newLine) {
        String inner = indented ? newLine + "  " : "";
        String separator = "";
        out.append('{');
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator).append(inner);
            string(String.valueOf(entry.getKey()));
            out.append(indented ? ": " : ":");
            value(entry.getValue(), inner);
            separator = ",";
        }
        out.append(map.isEmpty() ? "" : newLine).append('}');
    }

    private void array(List<?> list, String newLine) {
        String inner = indented ? newLine + "  " : "";
        String separator = "";
        out.append('[');
        for (Object entry : list) {
            out.append(separator).append(inner);
            value(entry, inner);
            separator = ",";
        }
        out.append(list.isEmpty() ? "" : newLine).append(']');
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
