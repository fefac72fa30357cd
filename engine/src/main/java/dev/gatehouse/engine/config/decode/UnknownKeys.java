package dev.gatehouse.engine.config.decode;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.diagnostic.Severity;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Explains a key that means nothing where it stands: it comes later, is called otherwise here, is misspelt, belongs
/// elsewhere, or is unknown.
public final class UnknownKeys {
    private static final int SHOWN = 12;

    private final Vocabulary vocabulary;
    private final Severity later;
    private final Diagnostics diagnostics;

    /// @param later how bad a key of a later version is
    public UnknownKeys(Vocabulary vocabulary, Severity later, Diagnostics diagnostics) {
        this.vocabulary = vocabulary;
        this.later = later;
        this.diagnostics = diagnostics;
    }

    /// @param section the name in its record's `@Settings`
    /// @param legal the keys that may stand there
    /// @param written those that do: none of them can have been meant
    /// @param path of the section
    /// @return whether it is an error
    boolean report(String section, List<String> legal, Set<String> written, Node.Entry entry, NodePath path) {
        String key = entry.name();
        String at = path.key(key).toString();
        if (vocabulary.later(section).contains(key)) {
            return notInThisVersion(entry.key().span(), path.key(key));
        }
        diagnostics.add(explain(section, legal, written, entry, path).path(at));
        return true;
    }

    /// For a slot under `policies`.
    public void slot(Node.Entry entry, List<String> slots, boolean isLater, NodePath path) {
        NodePath at = path.key(entry.name());
        if (isLater) {
            notInThisVersion(entry.key().span(), at);
        } else {
            diagnostics.add(explain("policies", slots, Set.of(), entry, path).path(at.toString()));
        }
    }

    /// For a key of a later version, called as it was written.
    ///
    /// @return whether that is an error; otherwise it is left out
    private boolean notInThisVersion(Span key, NodePath path) {
        String message = "'" + key.text().replaceAll("^[\"']|[\"']$", "") + "' is not in this version";
        boolean error = later == Severity.ERROR;
        Diagnostic.Builder mistake = error
                ? Diagnostic.error(Code.GH1004, key, message)
                : Diagnostic.warning(Code.GH1004, key, message).label("left out");
        diagnostics.add(mistake.path(path.toString()));
        return error;
    }

    private Diagnostic.Builder explain(
            String section, List<String> legal, Set<String> written, Node.Entry entry, NodePath path) {
        String key = entry.name();
        String phrase = path.phrase();
        boolean top = phrase.isEmpty();
        String unknown = top ? "unknown section '" + key + "'" : "unknown key '" + key + "' in " + phrase;
        String synonym = vocabulary.synonyms(section).get(Suggestions.plain(key));
        if (synonym != null) {
            return Diagnostic.error(Code.GH1003, entry.key().span(), unknown)
                    .label("called '" + synonym + "' here")
                    .help("rename it");
        }
        List<String> candidates = new ArrayList<>(legal);
        candidates.addAll(vocabulary.later(section));
        candidates.removeAll(written);
        List<String> nearest = Suggestions.nearest(key, candidates);
        String home = vocabulary.home(key);
        if (nearest.isEmpty() && home != null) {
            Diagnostic.Builder misplaced = Diagnostic.error(
                            Code.GH1002,
                            entry.key().span(),
                            "'" + key + "' does not belong in " + vocabulary.noun(section))
                    .label("it belongs " + home);
            String destination = vocabulary.destination(section, key, path);
            return destination == null ? misplaced : misplaced.help("move it to  " + destination);
        }
        Diagnostic.Builder mistake =
                Diagnostic.error(Code.GH1001, entry.key().span(), unknown).label(Suggestions.question(nearest));
        return mistake.why("allowed here: " + shown(legal));
    }

    private static String shown(List<String> legal) {
        return legal.size() <= SHOWN ? String.join(", ", legal) : String.join(", ", legal.subList(0, SHOWN)) + ", …";
    }
}
