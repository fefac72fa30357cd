package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What came of loading.
///
/// @param config null when there are errors
/// @param diagnostics in file order; warnings alone do not keep a gateway from starting
/// @param routes where each of the config's routes comes from, at the same index
/// @param sources the files that were read, in that order
/// @param files all that were read, or would have been: a change of one is a change of the configuration
/// @param folders that were searched for files: a new file there may be one
/// @param extensions who makes its policies
/// @param mask makes what came from the environment or files unreadable in a text
public record Loaded(
        @Nullable GatewayConfig config,
        List<Diagnostic> diagnostics,
        Node.Mapping document,
        List<RouteOrigins> routes,
        List<SourceFile> sources,
        Set<Path> files,
        Set<Path> folders,
        Extensions extensions,
        UnaryOperator<String> mask) {
    private static final Pattern STEPS = Pattern.compile("[.\\[]");

    public Loaded {
        diagnostics = List.copyOf(diagnostics);
        routes = List.copyOf(routes);
        sources = List.copyOf(sources);
        files = Set.copyOf(files);
        folders = Set.copyOf(folders);
    }

    public boolean hasErrors() {
        return config == null;
    }

    /// What was written for a setting, `routes[3].routes[0]`; null when it was left out. A name with a dot in it
    /// is not found.
    public @Nullable Node node(String path) {
        Node node = document;
        for (String step : STEPS.split(path, -1)) {
            Node next = null;
            if (node instanceof Node.Mapping mapping) {
                next = mapping.get(step);
            } else if (node instanceof Node.Sequence sequence) {
                next = item(sequence, step);
            }
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }

    /// Where a setting was written, `services.orders.instances[1]`; the nearest section above it when it was left
    /// out; null for an empty document.
    public @Nullable Span place(String path) {
        Span nearest = null;
        Node node = document;
        for (String step : STEPS.split(path, -1)) {
            Node next = null;
            if (node instanceof Node.Mapping mapping) {
                Node.Entry entry = mapping.entry(step);
                if (entry != null) {
                    nearest = entry.key().span();
                    next = entry.value();
                }
            } else if (node instanceof Node.Sequence sequence) {
                next = item(sequence, step);
                nearest = next == null ? nearest : next.span();
            }
            if (next == null) {
                return nearest;
            }
            node = next;
        }
        return nearest;
    }

    /// @param step what follows the bracket: `3]`
    private static @Nullable Node item(Node.Sequence sequence, String step) {
        if (!step.matches("[0-9]{1,9}]")) {
            return null;
        }
        int index = Integer.parseInt(step.substring(0, step.length() - 1));
        return index < sequence.items().size() ? sequence.items().get(index) : null;
    }
}
