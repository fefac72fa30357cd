package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Several files into one document: maps of names are put together, lists follow each other, everything else stands in
/// one file. Keys in plain spelling come to where the language has them.
final class Assembly {
    /// `policies` holds maps of names itself.
    private static final String POLICIES = "policies";

    private final Diagnostics diagnostics;

    private Assembly(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// @param known the keys that may stand at the top
    static Node.Mapping of(List<Node.Mapping> documents, List<String> known, Diagnostics diagnostics) {
        Map<String, List<Node.Entry>> sections = new LinkedHashMap<>();
        for (Node.Mapping document : documents) {
            for (Node.Entry entry : document.entries()) {
                Node.Entry full = PlainSpelling.inFull(entry, known);
                sections.computeIfAbsent(full.name(), _ -> new ArrayList<>()).add(full);
            }
        }
        Assembly assembly = new Assembly(diagnostics);
        return new Node.Mapping(
                documents.getFirst().span(),
                sections.values().stream().map(assembly::together).toList());
    }

    private Node.Entry together(List<Node.Entry> parts) {
        Node.Entry first = parts.getFirst();
        if (parts.size() == 1) {
            return first;
        }
        if (parts.stream().allMatch(part -> part.value() instanceof Node.Mapping)) {
            return new Node.Entry(first.key(), maps(parts, first.name().equals(POLICIES)));
        }
        if (parts.stream().allMatch(part -> part.value() instanceof Node.Sequence)) {
            List<Node> items = new ArrayList<>();
            parts.forEach(part -> items.addAll(((Node.Sequence) part.value()).items()));
            return new Node.Entry(first.key(), new Node.Sequence(first.value().span(), items));
        }
        for (Node.Entry part : parts.subList(1, parts.size())) {
            if (!first.name().equals("version") || !isSame(first.value(), part.value())) {
                twice(part.key().span(), first.key().span(), "'" + first.name() + "'");
            }
        }
        return first;
    }

    private static boolean isSame(Node a, Node b) {
        return a instanceof Node.Scalar one
                && b instanceof Node.Scalar other
                && one.text().equals(other.text());
    }

    private Node.Mapping maps(List<Node.Entry> parts, boolean deeper) {
        Map<String, List<Node.Entry>> entries = new LinkedHashMap<>();
        for (Node.Entry part : parts) {
            for (Node.Entry entry : ((Node.Mapping) part.value()).entries()) {
                entries.computeIfAbsent(entry.name(), _ -> new ArrayList<>()).add(entry);
            }
        }
        return new Node.Mapping(
                parts.getFirst().value().span(),
                entries.values().stream().map(same -> named(same, deeper)).toList());
    }

    private Node.Entry named(List<Node.Entry> same, boolean deeper) {
        Node.Entry first = same.getFirst();
        if (same.size() > 1 && deeper && same.stream().allMatch(one -> one.value() instanceof Node.Mapping)) {
            return new Node.Entry(first.key(), maps(same, false));
        }
        same.stream()
                .skip(1)
                .forEach(again -> twice(again.key().span(), first.key().span(), "'" + first.name() + "'"));
        return first;
    }

    private void twice(Span again, Span first, String what) {
        diagnostics.add(Diagnostic.error(Code.GH1006, again, what + " is given twice")
                .label("again")
                .also(first, "first")
                .help("rename or remove one of the two"));
    }
}
