package dev.gatehouse.engine.config.decode;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What may be written for a value, read from the type of a record component.
sealed interface Shape {
    /// A whole number; `wide` when it may need 64 bits.
    record Whole(boolean wide) implements Shape {}

    /// A number of bytes.
    record Size(boolean wide) implements Shape {}

    record Time() implements Shape {}

    record Flag() implements Shape {}

    record Text() implements Shape {}

    /// Anything, kept as JSON.
    record Free() implements Shape {}

    /// The content of a file, by its path.
    record Content() implements Shape {}

    /// One constant of an enum. What it is called: its [dev.gatehouse.api.config.Word], or its name in lower case.
    ///
    /// @param words in the order of the constants
    /// @param names in lower case, in the same order; understood as well
    record Choice(Class<? extends Enum<?>> type, List<String> words, List<String> names) implements Shape {}

    record ListOf(Shape entry) implements Shape {}

    record MapOf(Shape value) implements Shape {}

    /// A record: as a section, when it has settings, or in one of its shorter forms.
    record Made(Class<? extends Record> type, boolean section, List<Form> forms) implements Shape {
        /// The form that takes such a value.
        <S extends Shape> Optional<Form> form(Class<S> kind) {
            return forms.stream()
                    .filter(form -> kind.isInstance(form.argument()))
                    .findFirst();
        }
    }

    /// A static method `of` and what it takes.
    record Form(Shape argument, Method of) {}

    /// A value between bounds, as the user would write them; null when there is none.
    record Bounds(@Nullable String min, @Nullable String max) {
        static final Bounds NONE = new Bounds(null, null);

        /// `1 to 65535`, `at least 10ms`
        @Override
        public String toString() {
            if (min != null && max != null) {
                return min + " to " + max;
            }
            return min != null ? "at least " + min : "at most " + max;
        }
    }
}
