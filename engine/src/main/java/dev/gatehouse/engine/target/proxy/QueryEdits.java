package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.template.Facts;
import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.Template.Use;
import dev.gatehouse.engine.config.QueryEditsConfig;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.QueryPairs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The changes of a route to the query of its requests. Pairs that are not concerned are copied, octet by octet.
final class QueryEdits {
    /// @param before the encoded name and `=`
    private record Pair(String before, Template value) {}

    private final List<byte[]> gone;
    private final List<Pair> added;

    private QueryEdits(List<byte[]> gone, List<Pair> added) {
        this.gone = List.copyOf(gone);
        this.added = List.copyOf(added);
    }

    /// Null when nothing is to be changed.
    static @Nullable QueryEdits of(QueryEditsConfig config) {
        Set<String> gone = new LinkedHashSet<>(config.remove());
        gone.addAll(config.set().keySet());
        List<Pair> added = new ArrayList<>();
        config.set().forEach((name, value) -> added.add(pair(name, value)));
        config.add().forEach((name, value) -> added.add(pair(name, value)));
        if (gone.isEmpty() && added.isEmpty()) {
            return null;
        }
        return new QueryEdits(gone.stream().map(name -> name.getBytes(UTF_8)).toList(), added);
    }

    private static Pair pair(String name, String value) {
        return new Pair(encoded(name) + "=", Template.parse(value));
    }

    private static String encoded(String text) {
        StringBuilder out = new StringBuilder();
        Use.QUERY.append(out, text);
        return out.toString();
    }

    /// Writes `?` and the edited query; nothing when no pair is left.
    ///
    /// @param query the pairs as they were
    void write(HeadWriter out, QueryPairs query, Facts facts) {
        char separator = '?';
        while (query.next()) {
            if (query.start() < query.end() && !isGone(query)) {
                out.put(separator).copy(query.bytes(), query.start(), query.end());
                separator = '&';
            }
        }
        for (Pair pair : added) {
            out.put(separator).put(pair.before()).put(encoded(pair.value().fill(facts, Use.PLAIN)));
            separator = '&';
        }
    }

    private boolean isGone(QueryPairs pair) {
        for (byte[] name : gone) {
            if (pair.nameIs(name)) {
                return true;
            }
        }
        return false;
    }
}
