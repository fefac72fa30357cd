package dev.gatehouse.schema;

import java.util.List;

/// What may be written after a key.
sealed interface ValueType {

    /// A whole number: `100`.
    record Whole() implements ValueType {}

    /// A number of bytes: `64KiB`.
    record Size() implements ValueType {}

    /// A length of time: `30s`.
    record Time() implements ValueType {}

    /// `true` or `false`.
    record Flag() implements ValueType {}

    record Text() implements ValueType {}

    /// One of some words.
    ///
    /// @param others understood as well, but not told
    record Choice(List<String> words, List<String> others) implements ValueType {}

    /// Another section.
    record Nested(String section) implements ValueType {}

    record Several(ValueType of) implements ValueType {}

    /// Names, each with a value.
    record Named(ValueType of) implements ValueType {}

    /// Anything; kept as JSON.
    record Free() implements ValueType {}

    /// The path of a file.
    record Content() implements ValueType {}

    /// One of several, the short forms of a section first.
    record Either(List<ValueType> forms) implements ValueType {}

    /// Whether `min` and `max` are numbers of entries.
    default boolean isCounted() {
        return this instanceof Several || this instanceof Named;
    }

    /// Whether `min` and `max` mean something for it.
    default boolean hasBounds() {
        return switch (this) {
            case Whole _, Size _, Time _, Several _, Named _ -> true;
            case Flag _, Text _, Choice _, Nested _, Free _, Content _, Either _ -> false;
        };
    }
}
