package dev.gatehouse.engine.config.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a configuration file, with the place where it stands.
public sealed interface Node {
    Span span();

    /// `key: value` lines, in their order; keys are unique.
    record Mapping(Span span, List<Entry> entries) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        public @Nullable Entry entry(String key) {
            for (Entry entry : entries) {
                if (entry.name().equals(key)) {
                    return entry;
                }
            }
            return null;
        }

        public @Nullable Node get(String key) {
            Entry entry = entry(key);
            return entry == null ? null : entry.value();
        }

        /// The text after a key; null when there is none, or none that is a scalar.
        public @Nullable String text(String key) {
            return get(key) instanceof Scalar scalar ? scalar.text() : null;
        }
    }

    record Entry(Scalar key, Node value) {
        public String name() {
            return key.text();
        }
    }

    record Sequence(Span span, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// One value, as it was written between its quotes.
    ///
    /// @param plain without quotes, so that `5` is a number
    record Scalar(Span span, String text, Kind kind, boolean plain) implements Node {
        public boolean isNothing() {
            return kind == Kind.NOTHING;
        }
    }

    /// What YAML 1.2's core schema takes a scalar for.
    enum Kind {
        NOTHING,
        FLAG,
        WHOLE,
        DECIMAL,
        TEXT
    }

    /// What people call it.
    default String noun() {
        return switch (this) {
            case Mapping _ -> "a map of keys and values";
            case Sequence _ -> "a list";
            case Scalar scalar when scalar.isNothing() -> "nothing";
            case Scalar scalar ->
                switch (scalar.kind()) {
                    case FLAG -> "true or false";
                    case WHOLE, DECIMAL -> "a number";
                    case TEXT, NOTHING -> "text";
                };
        };
    }
}
