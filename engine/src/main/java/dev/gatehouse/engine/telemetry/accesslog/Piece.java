package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.template.Reference;
import dev.gatehouse.engine.config.AccessLogFact;
import org.jspecify.annotations.Nullable;

/// A value of a line and the text before it. Immutable: its arrays are never written to.
final class Piece {
    private final byte[] before;
    private final AccessLogFact fact;
    private final ValueStyle style;
    private final @Nullable HeaderName header;
    private final byte @Nullable [] parameter;
    private final boolean hidden;
    private final String name;

    private Piece(
            byte[] before,
            AccessLogFact fact,
            ValueStyle style,
            @Nullable HeaderName header,
            byte @Nullable [] parameter,
            boolean hidden,
            String name) {
        this.before = before;
        this.fact = fact;
        this.style = style;
        this.header = header;
        this.parameter = parameter;
        this.hidden = hidden;
        this.name = name;
    }

    /// @throws IllegalArgumentException when a line knows no such value
    static Piece of(byte[] before, Reference reference, ValueStyle style, Redaction redaction) {
        AccessLogFact fact = AccessLogFact.of(reference);
        return switch (fact) {
            case null -> throw new IllegalArgumentException("a line of the access log knows no {" + reference + "}");
            case HEADER -> {
                HeaderName name = HeaderName.of(reference.name());
                yield new Piece(
                        before, fact, style, name, null, redaction.hidesHeader(reference.name()), reference.name());
            }
            case PARAMETER -> {
                byte[] name = reference.name().getBytes(UTF_8);
                yield new Piece(
                        before, fact, style, null, name, redaction.hidesParameter(reference.name()), reference.name());
            }
            default -> new Piece(before, fact, style, null, null, false, reference.name());
        };
    }

    /// Octets that stand before the value as they are.
    byte[] before() {
        return before;
    }

    AccessLogFact fact() {
        return fact;
    }

    ValueStyle style() {
        return style;
    }

    /// The name within its group, as it was written.
    String name() {
        return name;
    }

    /// The field that is asked for, for [AccessLogFact#HEADER].
    @Nullable
    HeaderName header() {
        return header;
    }

    /// The name of the parameter in UTF-8, for [AccessLogFact#PARAMETER].
    byte @Nullable [] parameter() {
        return parameter;
    }

    /// Whether a value is written as `***`.
    boolean hidden() {
        return hidden;
    }
}
