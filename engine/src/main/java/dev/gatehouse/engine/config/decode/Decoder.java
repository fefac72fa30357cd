package dev.gatehouse.engine.config.decode;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.Span;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Nodes into records. Every mistake is reported and decoding goes on beside it, so that one run tells all; a record
/// with a mistake in it is not made. For one load, used by one thread.
public final class Decoder {
    private final Diagnostics diagnostics;
    private final UnknownKeys unknownKeys;
    private final Values values;

    public Decoder(Diagnostics diagnostics, Placeholders placeholders, UnknownKeys unknownKeys) {
        this.diagnostics = diagnostics;
        this.unknownKeys = unknownKeys;
        this.values = new Values(this, diagnostics, placeholders);
    }

    /// A record in any of its forms.
    ///
    /// @return null when there was a mistake, which was reported
    public <R extends Record> @Nullable R decode(Node node, Class<R> type, NodePath path) {
        Object value = values.read(node, Shapes.of(type, false), Shape.Bounds.NONE, path);
        return type.isInstance(value) ? type.cast(value) : null;
    }

    /// A text, with its placeholders filled in; null when it is none, which was reported.
    public @Nullable String text(Node node, NodePath path) {
        Object value = values.read(node, new Shape.Text(), Shape.Bounds.NONE, path);
        return value == Values.FAILED ? null : (String) value;
    }

    /// `true` or `false`; null when it is neither, which was reported.
    public @Nullable Boolean flag(Node node, NodePath path) {
        Object value = values.read(node, new Shape.Flag(), Shape.Bounds.NONE, path);
        return value == Values.FAILED ? null : (Boolean) value;
    }

    /// A record from its keys.
    ///
    /// @param others keys that are legal too, but read by the caller
    /// @return null when there was a mistake, which was reported
    public <R extends Record> @Nullable R section(
            Node.Mapping mapping, Class<R> type, NodePath path, List<String> others) {
        Object value = record(mapping, RecordShape.of(type), path, others);
        return type.isInstance(value) ? type.cast(value) : null;
    }

    Object record(Node.Mapping mapping, RecordShape shape, NodePath path, List<String> others) {
        @Nullable Object[] arguments = Defaults.of(shape);
        boolean good = true;
        boolean guesses = false;
        for (Node.Entry entry : mapping.entries()) {
            RecordShape.Key key = shape.key(entry.name());
            if (key != null) {
                Object value = value(entry, key, path.key(key.name()));
                arguments[key.position()] = value;
                good &= value != Values.FAILED;
            } else if (!others.contains(entry.name()) && !entry.name().startsWith("x-")) {
                boolean harmless = unknown(mapping, entry, shape, path, others);
                good &= harmless;
                guesses |= !harmless;
            }
        }
        for (RecordShape.Key key : shape.required()) {
            if (mapping.entry(key.name()) == null) {
                // It may be there under the name that was just refused.
                if (!guesses) {
                    missing(mapping, key, path);
                }
                good = false;
            }
        }
        return good ? make(mapping, shape, arguments, path) : Values.FAILED;
    }

    private @Nullable Object value(Node.Entry entry, RecordShape.Key key, NodePath path) {
        if (entry.value() instanceof Node.Scalar scalar) {
            if (scalar.isNothing()) {
                diagnostics.add(Diagnostic.error(Code.GH1302, entry.key().span(), "'" + key.name() + "' has no value")
                        .path(path.toString())
                        .label("nothing stands behind it")
                        .help("give it a value or remove it"));
                return Values.FAILED;
            }
            if (!key.word().isEmpty() && scalar.text().equals(key.word())) {
                return Defaults.word(key);
            }
        }
        return values.read(entry.value(), key.shape(), key.bounds(), path);
    }

    /// @return whether the record can be made without the key
    private boolean unknown(
            Node.Mapping mapping, Node.Entry entry, RecordShape shape, NodePath path, List<String> others) {
        Set<String> legal = new LinkedHashSet<>(shape.keyNames());
        legal.addAll(others);
        Set<String> written = new HashSet<>();
        mapping.entries().forEach(other -> written.add(other.name()));
        return !unknownKeys.report(shape.name(), List.copyOf(legal), written, entry, path);
    }

    private void missing(Node.Mapping mapping, RecordShape.Key key, NodePath path) {
        String phrase = path.phrase();
        diagnostics.add(Diagnostic.error(
                        Code.GH1005,
                        mapping.span(),
                        (phrase.isEmpty() ? "the file" : phrase) + " needs '" + key.name() + "'")
                .path(path.key(key.name()).toString())
                .label("'" + key.name() + "' is missing"));
    }

    private Object make(Node.Mapping mapping, RecordShape shape, @Nullable Object[] arguments, NodePath path) {
        try {
            return shape.make(arguments);
        } catch (IllegalArgumentException e) {
            refused(mapping, shape, String.valueOf(e.getMessage()), path);
            return Values.FAILED;
        }
    }

    /// Whether a record may be written as such a word, as far as its look tells: `10MiB`, where it takes a size.
    public boolean takes(Class<? extends Record> type, Node.Scalar word) {
        return Shapes.of(type, false) instanceof Shape.Made made
                && made.forms().stream().anyMatch(form -> values.looksLike(word, form.argument()));
    }

    /// Reports what a record said about a value it refused.
    ///
    /// @return what stands for the value
    public Object refuse(Node node, IllegalArgumentException e, NodePath path) {
        diagnostics.add(Diagnostic.error(Code.GH1305, node.span(), values.masked(String.valueOf(e.getMessage())))
                .path(path.toString()));
        return Values.FAILED;
    }

    private void refused(Node.Mapping mapping, RecordShape shape, String message, NodePath path) {
        Place place = place(mapping, shape, message, path);
        int colon = message.indexOf(": ");
        String last = message.substring(message.lastIndexOf('.', Math.max(0, colon)) + 1, Math.max(0, colon));
        String said = shape.has(last) ? "'" + last + "'" + message.substring(colon) : message;
        diagnostics.add(Diagnostic.error(Code.GH1305, place.span(), values.masked(said))
                .path(place.path().toString()));
    }

    private record Place(Span span, NodePath path) {}

    /// A message that begins with `limits.head: ` or `head: ` is shown at that key.
    private static Place place(Node.Mapping mapping, RecordShape shape, String message, NodePath path) {
        int colon = message.indexOf(": ");
        String before = colon < 0 ? "" : message.substring(0, colon);
        String last = before.substring(before.lastIndexOf('.') + 1);
        String key = shape.has(last) ? last : before.substring(0, Math.max(0, before.indexOf('.')));
        Node.Entry entry = shape.has(key) ? mapping.entry(key) : null;
        return entry == null
                ? new Place(mapping.span(), path)
                : new Place(entry.value().span(), path.key(key));
    }
}
