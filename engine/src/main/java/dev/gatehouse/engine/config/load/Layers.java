package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The keys that hold for a route, each with the layer whose word it is. Keys are replaced whole; only `timeout`
/// merges, key by key. Immutable.
final class Layers {
    static final String TIMEOUT = "timeout";
    static final Layers NONE = new Layers(Map.of(), Map.of());

    private final Map<String, Layered> keys;
    private final Map<String, Layered> timeout;

    private record Layered(Node.Entry entry, Layer layer) {}

    private Layers(Map<String, Layered> keys, Map<String, Layered> timeout) {
        this.keys = keys;
        this.timeout = timeout;
    }

    /// These with `upper` laid over them.
    Layers with(Node.Mapping upper, Layer layer) {
        Map<String, Layered> merged = new LinkedHashMap<>(keys);
        Map<String, Layered> times = timeout;
        for (Node.Entry entry : upper.entries()) {
            if (entry.name().equals(TIMEOUT)) {
                times = new LinkedHashMap<>(times);
                for (Node.Entry time : times(entry).entries()) {
                    times.put(time.name(), new Layered(time, layer));
                }
            } else {
                merged.put(entry.name(), new Layered(entry, layer));
            }
        }
        return new Layers(merged, times);
    }

    /// These, over the timeout of `lower`.
    Layers over(Layers lower) {
        Map<String, Layered> times = new LinkedHashMap<>(lower.timeout);
        times.putAll(timeout);
        return new Layers(keys, times);
    }

    Layers without(List<String> names) {
        Map<String, Layered> rest = new LinkedHashMap<>(keys);
        rest.keySet().removeAll(names);
        return new Layers(rest, timeout);
    }

    Layers withoutTimeout() {
        return new Layers(keys, Map.of());
    }

    Layers timeoutOnly() {
        return new Layers(Map.of(), timeout);
    }

    Layers replace(Node.Entry entry, Layer layer) {
        Map<String, Layered> merged = new LinkedHashMap<>(keys);
        merged.put(entry.name(), new Layered(entry, layer));
        return new Layers(merged, timeout);
    }

    Node.@Nullable Entry entry(String name) {
        Layered layered = keys.get(name);
        return layered == null ? null : layered.entry();
    }

    @Nullable
    Node value(String name) {
        Node.Entry entry = entry(name);
        return entry == null ? null : entry.value();
    }

    boolean hasTimeout() {
        return !timeout.isEmpty();
    }

    /// All keys but `timeout`, as if they stood in one place.
    Node.Mapping mapping(Span at) {
        return new Node.Mapping(at, keys.values().stream().map(Layered::entry).toList());
    }

    Node.Mapping timeout(Span at) {
        return new Node.Mapping(
                at, timeout.values().stream().map(Layered::entry).toList());
    }

    /// @param known the keys that count; others are of a later version, and left out
    List<Origin> origins(Predicate<String> known) {
        List<Origin> origins = new ArrayList<>();
        keys.forEach((key, layered) -> {
            if (known.test(key)) {
                origins.add(origin(key, layered));
            }
        });
        timeout.forEach((key, layered) -> origins.add(origin(TIMEOUT + "." + key, layered)));
        return origins;
    }

    private static Origin origin(String key, Layered layered) {
        Node value = layered.entry().value();
        return new Origin(key, written(value), value.span(), layered.layer());
    }

    /// `timeout: 5s` is the whole request.
    private static Node.Mapping times(Node.Entry entry) {
        if (entry.value() instanceof Node.Mapping mapping) {
            return mapping;
        }
        Node.Scalar request = new Node.Scalar(entry.key().span(), "request", Node.Kind.TEXT, true);
        return new Node.Mapping(entry.key().span(), List.of(new Node.Entry(request, entry.value())));
    }

    /// On one line, as YAML would have it.
    static String written(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Sequence sequence ->
                sequence.items().stream().map(Layers::written).collect(Collectors.joining(", ", "[", "]"));
            case Node.Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> entry.name() + ": " + written(entry.value()))
                        .collect(Collectors.joining(", ", "{ ", " }"));
        };
    }
}
