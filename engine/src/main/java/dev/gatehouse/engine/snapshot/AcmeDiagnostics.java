package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Tells what is wrong with `tls.acme` of the listeners, beyond what its record refuses.
final class AcmeDiagnostics {
    private AcmeDiagnostics() {}

    /// @param moduleThere whether what talks to issuers can be found; asked only when one is wanted
    static List<Diagnostic> of(Loaded loaded, BooleanSupplier moduleThere) {
        GatewayConfig config = loaded.config();
        List<String> paths = config == null ? List.of() : paths(config);
        if (paths.isEmpty() || moduleThere.getAsBoolean()) {
            return List.of();
        }
        List<Diagnostic> missing = new ArrayList<>();
        for (String path : paths) {
            Span place = loaded.place(path);
            if (place != null) {
                missing.add(Diagnostic.error(Code.GH1603, place, "acme needs a module that is not there")
                        .path(path)
                        .help("put gatehouse-acme and what belongs to it into 'lib', or write 'certificates'")
                        .build());
            }
        }
        return missing;
    }

    private static List<String> paths(GatewayConfig config) {
        List<String> paths = new ArrayList<>();
        config.listeners().forEach((name, listener) -> {
            if (listener.tls() != null && listener.tls().acme() != null) {
                paths.add("listeners." + name + ".tls.acme");
            }
        });
        return paths;
    }
}
