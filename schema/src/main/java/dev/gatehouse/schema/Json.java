package dev.gatehouse.schema;

import java.util.List;
import java.util.Map;

/// Writes JSON: maps in their order, lists, strings, numbers, booleans. Two blanks per level.
final class Json {

    private final StringBuilder out = new StringBuilder();

    private Json() {}

    static String write(Object value) {
        Json json = new Json();
        json.value(value, "\n");
        return json.out.append('\n').toString();
    }

    private void value(Object value, String newLine) {
        switch (value) {
            case Map<?, ?> map -> object(map, newLine);
            case List<?> list -> array(list, newLine);
            case String text -> string(text);
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private void object(Map<?, ?> map, String newLine) {
        String inner = newLine + "  ";
        String separator = "";
        out.append('{');
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator).append(inner);
            string(String.valueOf(entry.getKey()));
            out.append(": ");
            value(entry.getValue(), inner);
            separator = ",";
        }
        out.append(map.isEmpty() ? "" : newLine).append('}');
    }

    private void array(List<?> list, String newLine) {
        String inner = newLine + "  ";
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
