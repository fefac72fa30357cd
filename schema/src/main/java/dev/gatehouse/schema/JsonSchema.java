package dev.gatehouse.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A section as JSON Schema 2020-12. Other sections are references to their `$id`; the whole schema is made by
/// putting all sections into one `$defs`.
///
/// Bounds of sizes and times are beyond JSON Schema and stand in `x-min` and `x-max`, for forms. A placeholder
/// such as `${env:PORT}` is legal wherever a value is. What may stand instead of the whole section is in
/// `x-forms`, for whoever refers to it.
final class JsonSchema {

    private static final String PLACEHOLDER = "\\$\\{[^}]+\\}";

    private JsonSchema() {}

    static String of(Section section) {
        Map<String, Object> properties = new LinkedHashMap<>();
        section.allKeys().forEach(key -> properties.put(key.name(), property(key)));
        List<String> required = section.keys().stream()
                .filter(Section.Key::required)
                .map(Section.Key::name)
                .toList();

        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", id(section.name()));
        schema.put("title", section.name());
        schema.put("description", section.sentence());
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty() && section.slot()) {
            // What is extended may have them.
            schema.put("anyOf", List.of(Map.of("required", required), Map.of("required", List.of("extends"))));
        } else if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("patternProperties", Map.of("^x-", true));
        schema.put("additionalProperties", false);
        if (!section.forms().isEmpty()) {
            schema.put(
                    "x-forms",
                    section.forms().stream().map(form -> type(form, "")).toList());
        }
        return Json.write(schema);
    }

    private static Map<String, Object> property(Section.Key key) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", key.meaning());
        property.putAll(type(key.type(), key.word()));
        if (!key.byDefault().isEmpty()) {
            property.put("default", key.word().isEmpty() ? value(key.type(), key.byDefault()) : key.word());
        }
        if (!key.min().isEmpty()) {
            property.put(boundName(key.type(), "minimum", "minItems", "x-min"), bound(key.type(), key.min()));
        }
        if (!key.max().isEmpty()) {
            property.put(boundName(key.type(), "maximum", "maxItems", "x-max"), bound(key.type(), key.max()));
        }
        return property;
    }

    /// `word`: what may stand instead of the value, or empty.
    private static Map<String, Object> type(ValueType type, String word) {
        String instead = word.isEmpty() ? PLACEHOLDER : word + "|" + PLACEHOLDER;
        return switch (type) {
            case ValueType.Whole _ -> ordered("type", List.of("integer", "string"), "pattern", whole(instead));
            case ValueType.Flag _ -> ordered("type", List.of("boolean", "string"), "pattern", whole(instead));
            case ValueType.Size _ -> quantity(Units.SIZE + "|" + instead);
            case ValueType.Time _ -> quantity(Units.TIME + "|" + instead);
            case ValueType.Text _, ValueType.Content _ -> Map.of("type", "string");
            case ValueType.Choice(List<String> words, List<String> others) ->
                Map.of(
                        "anyOf",
                        List.of(
                                Map.of("enum", all(words, others)),
                                ordered("type", "string", "pattern", whole(instead))));
            case ValueType.Nested(String section) -> Map.of("$ref", id(section));
            case ValueType.Free _ -> Map.of();
            case ValueType.Named(ValueType value) -> ordered("type", "object", "additionalProperties", type(value, ""));
            case ValueType.Either(List<ValueType> forms) ->
                Map.of("anyOf", forms.stream().map(form -> type(form, "")).toList());
            case ValueType.Several(ValueType entry)
            when word.isEmpty() -> ordered("type", "array", "items", type(entry, ""));
            case ValueType.Several(ValueType entry) ->
                Map.of("anyOf", List.of(ordered("type", "array", "items", type(entry, "")), Map.of("const", word)));
        };
    }

    private static List<String> all(List<String> words, List<String> others) {
        return Stream.concat(words.stream(), others.stream()).toList();
    }

    /// A number with a unit, which only 0 can do without.
    private static Map<String, Object> quantity(String pattern) {
        Map<String, Object> quantity = ordered("type", List.of("string", "integer"), "pattern", whole(pattern));
        quantity.put("minimum", 0L);
        quantity.put("maximum", 0L);
        return quantity;
    }

    private static String boundName(ValueType type, String ofNumbers, String ofLists, String ofOthers) {
        return switch (type) {
            case ValueType.Whole _ -> ofNumbers;
            case ValueType.Several _ -> ofLists;
            case ValueType.Named _ -> "minItems".equals(ofLists) ? "minProperties" : "maxProperties";
            default -> ofOthers;
        };
    }

    private static Object bound(ValueType type, String written) {
        return type.isCounted() ? Long.parseLong(written) : value(type, written);
    }

    private static Object value(ValueType type, String written) {
        return switch (type) {
            case ValueType.Whole _ -> Long.parseLong(written);
            case ValueType.Flag _ -> Boolean.parseBoolean(written);
            case ValueType.Several(ValueType entry) ->
                Units.entries(written).stream().map(one -> value(entry, one)).toList();
            case ValueType.Size _, ValueType.Time _ -> written.equals("0") ? (Object) 0L : written;
            default -> written;
        };
    }

    private static String whole(String pattern) {
        return "^(" + pattern + ")$";
    }

    private static String id(String section) {
        return "urn:gatehouse:settings:" + section;
    }

    private static Map<String, Object> ordered(String key, Object value, String nextKey, Object nextValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(nextKey, nextValue);
        return map;
    }
}
