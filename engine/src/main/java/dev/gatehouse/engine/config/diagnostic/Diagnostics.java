package dev.gatehouse.engine.config.diagnostic;

import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gathers the mistakes of one load. The same mistake at the same place is kept once; the order is that of the files
/// and their lines. Used by one thread.
public final class Diagnostics {
    private final List<Diagnostic> found = new ArrayList<>();
    private final Set<Key> seen = new HashSet<>();
    private final Map<SourceFile, Integer> order = new HashMap<>();
    private int errors;

    /// What makes two diagnostics one.
    private record Key(Code code, Span span, List<Span> further) {
        static Key of(Diagnostic one) {
            return new Key(
                    one.code(),
                    one.span(),
                    one.places().stream().map(Diagnostic.FurtherPlace::span).toList());
        }
    }

    /// Files are reported in the order in which they are named here.
    public void file(SourceFile file) {
        order.putIfAbsent(file, order.size());
    }

    public void add(Diagnostic diagnostic) {
        if (seen.add(Key.of(diagnostic))) {
            file(diagnostic.span().file());
            found.add(diagnostic);
            errors += diagnostic.isError() ? 1 : 0;
        }
    }

    public void add(Diagnostic.Builder diagnostic) {
        add(diagnostic.build());
    }

    public boolean hasErrors() {
        return errors > 0;
    }

    /// How many errors so far: compare before and after a step to learn whether it went well.
    public int errors() {
        return errors;
    }

    /// All, in file order, without the warnings the files silence.
    public List<Diagnostic> all() {
        Silenced silenced = new Silenced();
        order.keySet().forEach(silenced::read);
        List<Diagnostic> all = new ArrayList<>(found);
        all.removeIf(silenced::covers);
        silenced.mistakes().stream().filter(one -> !seen.contains(Key.of(one))).forEach(all::add);
        all.sort(Comparator.comparingInt(
                        (Diagnostic one) -> order.getOrDefault(one.span().file(), Integer.MAX_VALUE))
                .thenComparingInt(one -> one.span().line())
                .thenComparingInt(one -> one.span().column()));
        return List.copyOf(all);
    }
}
