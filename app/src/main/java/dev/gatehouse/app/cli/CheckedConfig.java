package dev.gatehouse.app.cli;

import dev.gatehouse.app.demo.DemoTrust;
import dev.gatehouse.app.testing.BoundTests;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import java.util.ArrayList;
import java.util.List;

/// A configuration, looked at whole: its text, its routes, and the tests it names.
///
/// @param diagnostics those of its own files in their order, then those of tests
record CheckedConfig(Loaded loaded, List<Diagnostic> diagnostics) {
    CheckedConfig {
        diagnostics = List.copyOf(diagnostics);
    }

    static CheckedConfig of(Loaded loaded, LoadOptions options) {
        CheckedConfig alone = withoutTests(loaded);
        if (alone.hasErrors()) {
            return alone;
        }
        List<Diagnostic> all = new ArrayList<>(alone.diagnostics);
        all.addAll(BoundTests.run(loaded, options));
        return new CheckedConfig(loaded, all);
    }

    static CheckedConfig withoutTests(Loaded loaded) {
        List<Diagnostic> all = new ArrayList<>(ConfigCheck.dryRun(loaded).diagnostics());
        all.addAll(DemoTrust.check(loaded));
        return new CheckedConfig(loaded, all);
    }

    boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}
