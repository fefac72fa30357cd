package dev.gatehouse.app.testing;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import java.util.List;
import java.util.Set;

/// What of a test file can only be judged beside its configuration: that mocks answer for services there are.
public final class MockCheck {
    private final Set<String> services;
    private final Diagnostics diagnostics = new Diagnostics();

    private MockCheck(Set<String> services) {
        this.services = services;
    }

    /// In file order.
    public static List<Diagnostic> of(TestFile file, GatewayConfig config) {
        MockCheck check = new MockCheck(config.services().keySet());
        check.look(file.document());
        return check.diagnostics.all();
    }

    /// `mocks` of this section, and of the tests and steps in it.
    private void look(Node.Mapping section) {
        if (section.get("mocks") instanceof Node.Mapping mocks) {
            mocks.entries().stream()
                    .filter(entry ->
                            !services.contains(entry.name()) && !entry.name().startsWith("x-"))
                    .forEach(this::unknown);
        }
        for (String key : List.of("tests", "steps")) {
            if (section.get(key) instanceof Node.Sequence all) {
                all.items().forEach(item -> {
                    if (item instanceof Node.Mapping inner) {
                        look(inner);
                    }
                });
            }
        }
    }

    private void unknown(Node.Entry entry) {
        diagnostics.add(Diagnostic.error(
                        Code.GH1101,
                        entry.key().span(),
                        "a mock answers for '" + entry.name() + "', which is no service of the configuration")
                .label(Suggestions.question(Suggestions.nearest(entry.name(), services)))
                .why(services.isEmpty() ? "it has no services" : "services: " + String.join(", ", services)));
    }
}
