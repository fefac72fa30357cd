package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.source.Node;
import java.util.List;
import java.util.Map;

/// The spelling people know from articles about API gateways, brought to where the language has it. Each form is one
/// line.
final class PlainSpelling {
    /// A key at the top to the section, and the key in it, that means the same.
    private static final Map<String, List<String>> AT_THE_TOP = Map.of(
            "caching", List.of("policies", "cache"),
            "compression", List.of("defaults", "compression"),
            "circuit_breaker", List.of("defaults", "circuit_breaker"),
            "rate_limiting", List.of("defaults", "rate_limit"),
            "cors", List.of("defaults", "cors"));

    private PlainSpelling() {}

    /// @param known the keys that may stand at the top
    static Node.Entry inFull(Node.Entry entry, List<String> known) {
        List<String> home = AT_THE_TOP.get(entry.name());
        if (home != null) {
            return within(home.getFirst(), within(home.getLast(), entry.key(), entry.value()));
        }
        boolean service = !known.contains(entry.name())
                && entry.value() instanceof Node.Mapping mapping
                && mapping.entry("instances") != null;
        return service ? within("services", entry) : entry;
    }

    private static Node.Entry within(String section, Node.Entry entry) {
        return within(section, entry.key(), new Node.Mapping(entry.key().span(), List.of(entry)));
    }

    /// The key keeps the place at which the user wrote it.
    private static Node.Entry within(String name, Node.Scalar written, Node value) {
        return new Node.Entry(new Node.Scalar(written.span(), name, Node.Kind.TEXT, true), value);
    }
}
