package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Severity;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Configurations written in a test.
final class Loading {
    static final LoadOptions PLAIN = new LoadOptions(Map.of(), Extensions.NONE, Severity.ERROR);

    private Loading() {}

    static Loaded load(String yaml) {
        return load(yaml, PLAIN);
    }

    static Loaded load(String yaml, LoadOptions options) {
        return ConfigLoader.load(new SourceFile("gateway.yaml", Path.of("nowhere/gateway.yaml"), yaml), options);
    }

    /// The config of a file without mistakes.
    static GatewayConfig config(String yaml) {
        return config(load(yaml));
    }

    static GatewayConfig config(Loaded loaded) {
        GatewayConfig config = loaded.config();
        if (config == null) {
            throw new AssertionError(TextReport.of(loaded.diagnostics()));
        }
        return config;
    }

    /// `GH1001 routes[0].paht`
    static List<String> mistakes(String yaml) {
        return mistakes(load(yaml));
    }

    static List<String> mistakes(Loaded loaded) {
        return loaded.diagnostics().stream().map(Loading::brief).toList();
    }

    private static String brief(Diagnostic diagnostic) {
        return diagnostic.code() + " " + diagnostic.path();
    }
}
