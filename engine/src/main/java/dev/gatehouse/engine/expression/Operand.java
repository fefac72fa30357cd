package dev.gatehouse.engine.expression;

import dev.gatehouse.api.Exchange;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One side of a comparison.
sealed interface Operand {
    /// What is known of its value before there is one.
    enum Type {
        TEXT,
        NUMBER,
        FLAG,
        LIST,
        /// The address of the client.
        ADDRESS,
        /// A claim: whatever the token says.
        ANY
    }

    Type type();

    /// Text, a number, true or false, a list, or null when there is none.
    @Nullable
    Object value(Exchange exchange);

    /// As it was written.
    String written();

    /// Whether it is a fact about who calls.
    default boolean asksWho() {
        return this instanceof Fact fact
                && (fact.written.startsWith("jwt.")
                        || fact.written.startsWith("consumer.")
                        || fact.written.startsWith("user."));
    }

    /// For the decision trace: with its value, if that is no secret.
    String shown(Exchange exchange);

    /// @param value a String, Long, Double or Boolean
    record Literal(Type type, Object value, String written) implements Operand {
        @Override
        public Object value(Exchange exchange) {
            return value;
        }

        @Override
        public String shown(Exchange exchange) {
            return written;
        }
    }

    /// @param isSecret whether its value may be one: fields, cookies and queries hold keys
    /// @param reader finds the value
    record Fact(Type type, String written, boolean isSecret, Function<Exchange, @Nullable Object> reader)
            implements Operand {
        private static final int SHOWN = 60;

        @Override
        public @Nullable Object value(Exchange exchange) {
            return reader.apply(exchange);
        }

        @Override
        public String shown(Exchange exchange) {
            Object value = value(exchange);
            if (value == null) {
                return written + " (missing)";
            }
            return isSecret ? written : written + " (" + readable(String.valueOf(value)) + ")";
        }

        private static String readable(String text) {
            String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
            return cut.replaceAll("\\p{Cntrl}", " ");
        }
    }
}
