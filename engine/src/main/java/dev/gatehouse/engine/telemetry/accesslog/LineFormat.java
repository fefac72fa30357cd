package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.Text;
import dev.gatehouse.api.template.Reference;
import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.TemplatePart;
import dev.gatehouse.engine.config.AccessLogConfig;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a line looks like: pieces in order, worked out when the log is opened. Immutable, shared by all loops.
final class LineFormat {
    private final List<Piece> pieces;
    private final byte[] after;
    private final Redaction redaction;

    private LineFormat(List<Piece> pieces, byte[] after, Redaction redaction) {
        this.pieces = List.copyOf(pieces);
        this.after = after;
        this.redaction = redaction;
    }

    /// Of requests.
    ///
    /// @throws IllegalArgumentException when a line cannot have a value that is asked for
    static LineFormat of(AccessLogConfig config) {
        return of(config, "API Request");
    }

    /// Of connections that are passed on: the same, but for what JSON calls them.
    static LineFormat ofConnections(AccessLogConfig config) {
        return of(config, "TCP Connection");
    }

    private static LineFormat of(AccessLogConfig config, String message) {
        Compilation compilation = new Compilation(message, new Redaction(config.redact()));
        if (config.isJson()) {
            compilation.json(config.fields());
        } else {
            compilation.template(Template.parse(config.format()), ValueStyle.PLAIN);
        }
        return compilation.done();
    }

    /// In the order of the pieces; a piece is read with one look, without a list's iterator.
    Piece[] pieces() {
        return pieces.toArray(Piece[]::new);
    }

    /// What stands behind the last value; ends in the end of the line.
    byte[] after() {
        return after;
    }

    Redaction redaction() {
        return redaction;
    }

    /// The octets of the longest line there can be.
    int longest() {
        int octets = after.length;
        for (Piece piece : pieces) {
            octets += piece.before().length + Line.ROOM;
        }
        return octets;
    }

    /// Texts and places on the way to pieces.
    private static final class Compilation {
        private final String message;
        private final Redaction redaction;
        private final List<Piece> pieces = new ArrayList<>();
        private final ByteArrayOutputStream before = new ByteArrayOutputStream();

        Compilation(String message, Redaction redaction) {
            this.message = message;
            this.redaction = redaction;
        }

        /// The fields of [AccessLogConfig#FIELDS] and those of the user.
        void json(Map<String, String> more) {
            field("{\"timestamp\":", "timestamp");
            text(",\"message\":\"" + message + "\"");
            field(",\"method\":", "request.method");
            field(",\"path\":", "request.path");
            field(",\"status_code\":", "status");
            field(",\"duration_ms\":", "duration_ms");
            field(",\"client_ip\":", "client.ip");
            field(",\"user_agent\":", "header.user-agent");
            field(",\"correlation_id\":", "request.id");
            field(",\"route\":", "route");
            field(",\"service\":", "service");
            field(",\"instance\":", "instance");
            field(",\"consumer\":", "consumer.id");
            field(",\"bytes_in\":", "bytes_in");
            field(",\"bytes_out\":", "bytes_out");
            field(",\"trace_id\":", "trace_id");
            field(",\"error_code\":", "error_code");
            more.forEach(this::more);
            text("}");
        }

        /// A value alone keeps its kind: a number is a number, and one that is missing is null.
        private void more(String name, String value) {
            text(",\"");
            text(name, ValueStyle.JSON_PART);
            text("\":");
            List<TemplatePart> parts = Template.parse(value).parts();
            if (parts.size() == 1 && parts.getFirst() instanceof TemplatePart.Place place) {
                place(place.reference(), ValueStyle.JSON);
            } else {
                text("\"");
                template(Template.parse(value), ValueStyle.JSON_PART);
                text("\"");
            }
        }

        void template(Template template, ValueStyle style) {
            for (TemplatePart part : template.parts()) {
                switch (part) {
                    case TemplatePart.Literal literal -> text(literal.text(), style);
                    case TemplatePart.Place place -> place(place.reference(), style);
                }
            }
        }

        private void field(String text, String fact) {
            text(text);
            TemplatePart place = Template.parse("{" + fact + "}").parts().getFirst();
            place(((TemplatePart.Place) place).reference(), ValueStyle.JSON);
        }

        private void place(Reference reference, ValueStyle style) {
            pieces.add(Piece.of(before.toByteArray(), reference, style, redaction));
            before.reset();
        }

        private void text(String ready) {
            before.writeBytes(ready.getBytes(UTF_8));
        }

        /// What the user wrote stands in a line of his own as he wrote it; in JSON it is escaped.
        private void text(String written, ValueStyle style) {
            if (style == ValueStyle.PLAIN) {
                text(written);
                return;
            }
            // One by one: a line bounds the values of requests, not what the user wrote.
            Line line = new Line(Line.ROOM);
            written.codePoints().forEach(character -> {
                byte[] utf8 = Character.toString(character).getBytes(UTF_8);
                line.clear();
                line.text(Text.view(utf8, 0, utf8.length), style);
                before.write(line.octets(), 0, line.length());
            });
        }

        LineFormat done() {
            text("\n");
            return new LineFormat(pieces, before.toByteArray(), redaction);
        }
    }
}
