package dev.gatehouse.policy.auth.hmac;

import java.util.Base64;

/// A bare item of a structured field (RFC 9651 §3.3), as far as signatures have them.
sealed interface FieldValue {
    record Text(String value) implements FieldValue {}

    record Word(String value) implements FieldValue {}

    record Whole(long value) implements FieldValue {}

    record Flag(boolean value) implements FieldValue {}

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Octets(byte[] value) implements FieldValue {}

    /// The one way it is written (RFC 9651 §4.1.3).
    static void write(FieldValue value, StringBuilder out) {
        switch (value) {
            case Text(String text) -> {
                out.append('"');
                for (int i = 0; i < text.length(); i++) {
                    char c = text.charAt(i);
                    if (c == '"' || c == '\\') {
                        out.append('\\');
                    }
                    out.append(c);
                }
                out.append('"');
            }
            case Word(String word) -> out.append(word);
            case Whole(long number) -> out.append(number);
            case Flag(boolean flag) -> out.append(flag ? "?1" : "?0");
            case Octets(byte[] octets) ->
                out.append(':')
                        .append(Base64.getEncoder().encodeToString(octets))
                        .append(':');
        }
    }
}
