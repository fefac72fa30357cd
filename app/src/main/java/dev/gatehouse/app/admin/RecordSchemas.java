package dev.gatehouse.app.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.app.admin.view.ViewJson;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON schemas of records, as Jackson writes them. Each record is described once and referred to by its name.
/// Knows the types the views are made of and refuses others; for one document, by one thread.
final class RecordSchemas {
    private final Map<String, Object> named = new LinkedHashMap<>();

    /// All records that were met, by name.
    Map<String, Object> named() {
        return named;
    }

    Map<String, Object> of(Class<?> type) {
        if (type.isRecord()) {
            String name = name(type);
            if (!named.containsKey(name)) {
                named.put(name, Map.of());
                named.put(name, describe(type));
            }
            return Map.of("$ref", "#/components/schemas/" + name);
        }
        if (type.isEnum()) {
            return Map.of("type", "string", "enum", words(type));
        }
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return Map.of("type", "integer");
        }
        if (type == Map.class) {
            return Map.of("type", "object");
        }
        if (type == Object.class) {
            return Map.of(); // any value
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private Map<String, Object> describe(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = key(component);
            boolean nullable = isNullable(component.getAnnotatedType());
            Map<String, Object> schema = of(component.getGenericType());
            properties.put(key, nullable ? Map.of("anyOf", List.of(schema, Map.of("type", "null"))) : schema);
            if (!nullable) {
                required.add(key);
            }
        }
        return Map.of("type", "object", "required", required, "properties", properties);
    }

    private Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return Map.of("type", "array", "items", of(list.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return of(Map.class);
        }
        return of((Class<?>) type);
    }

    /// `ConfigStatus.Running` → `ConfigStatusRunning`.
    private static String name(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return (outer == null ? "" : outer.getSimpleName()) + type.getSimpleName();
    }

    private static String key(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null ? ViewJson.key(component.getName()) : given.value();
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    /// As they are written in JSON.
    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ViewJson.MAPPER.convertValue(constant, String.class))
                .toList();
    }
}
