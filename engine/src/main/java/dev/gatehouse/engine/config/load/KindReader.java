package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.decode.Decoder;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads entries that are each of a kind some plug-in brings: which one says the key `type`, or the entry's own name
/// when it says nothing.
final class KindReader {
    static final String TYPE = "type";

    private final Decoder decoder;
    private final Diagnostics diagnostics;
    private final String noun;
    private final Map<String, ? extends Class<? extends Record>> kinds;

    /// One entry that was read.
    ///
    /// @param node as it was written
    record Entry(String name, String type, Record config, Node node) {}

    /// @param noun what an entry is, for messages: `store`
    /// @param kinds settings by type
    KindReader(
            Decoder decoder,
            Diagnostics diagnostics,
            String noun,
            Map<String, ? extends Class<? extends Record>> kinds) {
        this.decoder = decoder;
        this.diagnostics = diagnostics;
        this.noun = noun;
        this.kinds = kinds;
    }

    /// @param others keys that are legal in all kinds, and read by the caller
    /// @param read is given what is right; mistakes are reported
    void read(List<Node.Entry> entries, NodePath section, List<String> others, Consumer<Entry> read) {
        List<String> ofAll = new ArrayList<>(others);
        ofAll.add(TYPE);
        for (Node.Entry entry : entries) {
            if (entry.name().startsWith("x-")) {
                continue;
            }
            NodePath path = section.key(entry.name()).called(noun + " '" + entry.name() + "'");
            String type = type(entry, path);
            Class<? extends Record> settings = type == null ? null : kinds.get(type);
            if (type == null || settings == null) {
                continue;
            }
            Record config = entry.value() instanceof Node.Mapping mapping
                    ? decoder.section(mapping, settings, path, ofAll)
                    : decoder.decode(entry.value(), settings, path);
            if (config != null) {
                read.accept(new Entry(entry.name(), type, config, entry.value()));
            }
        }
    }

    /// Null when there is no such kind, which was reported.
    private @Nullable String type(Node.Entry entry, NodePath path) {
        Node written = entry.value() instanceof Node.Mapping mapping ? mapping.get(TYPE) : null;
        String type = written == null ? entry.name() : decoder.text(written, path.key(TYPE));
        if (type == null || kinds.containsKey(type)) {
            return type;
        }
        String question = Suggestions.question(Suggestions.nearest(type, kinds.keySet()));
        diagnostics.add(
                written == null
                        ? Diagnostic.error(Code.GH1005, entry.key().span(), noun + " '" + type + "' needs 'type'")
                                .path(path.key(TYPE).toString())
                                .label(question.isEmpty() ? "no " + noun + " type is called so" : question)
                                .why("types: " + String.join(", ", kinds.keySet()))
                        : Diagnostic.error(Code.GH1305, written.span(), "there is no " + noun + " type '" + type + "'")
                                .path(path.key(TYPE).toString())
                                .label(question)
                                .why("types: " + String.join(", ", kinds.keySet())));
        return null;
    }
}
