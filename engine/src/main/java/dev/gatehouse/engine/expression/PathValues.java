package dev.gatehouse.engine.expression;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.template.Reference;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of the path that `path.x` is about. Immutable.
public interface PathValues {
    Set<String> names();

    /// What a parameter is for this request, decoded; null when it has none.
    @Nullable
    CharSequence value(Exchange exchange, String name);

    /// Those of the route that the request goes to.
    static PathValues ofRoute(Set<String> names) {
        Map<String, Reference> references = new HashMap<>();
        names.forEach(name -> references.put(name, Reference.parameter(name)));
        return new PathValues() {
            @Override
            public Set<String> names() {
                return names;
            }

            @Override
            public @Nullable CharSequence value(Exchange exchange, String name) {
                Reference reference = references.get(name);
                return reference == null ? null : exchange.facts().value(reference);
            }
        };
    }

    /// Those of a rule's own path.
    static PathValues of(PathPattern pattern) {
        return new PathValues() {
            @Override
            public Set<String> names() {
                return pattern.parameters();
            }

            @Override
            public @Nullable CharSequence value(Exchange exchange, String name) {
                return pattern.parameter(exchange.request(), name);
            }
        };
    }
}
