package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.telemetry.TracingFactory;
import dev.gatehouse.engine.tls.acme.CertificateIssuerFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A configuration, looked at whole: what was loaded is compiled too, and all that is wrong with it stands in one
/// list. `gatehouse check`, the start of `run`, a reload and a dry run of the admin API are this one call.
///
/// @param snapshot what would run; null when there are errors. To be applied or discarded, unless it comes from a
///     [#dryRun]
/// @param diagnostics in file order
public record ConfigCheck(Loaded loaded, @Nullable Snapshot snapshot, List<Diagnostic> diagnostics) {
    public ConfigCheck {
        diagnostics = List.copyOf(diagnostics);
    }

    /// @param before what runs now; null when nothing does
    public static ConfigCheck of(Loaded loaded, Surroundings around, @Nullable Snapshot before) {
        if (loaded.hasErrors()) {
            return new ConfigCheck(loaded, null, loaded.diagnostics());
        }
        RouteDiagnostics routes = new RouteDiagnostics(loaded);
        List<Diagnostic> others = new ArrayList<>(TracingDiagnostics.of(loaded, TracingFactory::isThere));
        others.addAll(TlsDiagnostics.of(loaded));
        others.addAll(AcmeDiagnostics.of(loaded, CertificateIssuerFactory::isThere));
        try {
            Snapshot snapshot = Snapshot.compile(Plan.of(loaded), around, before);
            others.addAll(CertificateDiagnostics.of(
                    loaded, snapshot.listeners(), around.wallClock().instant()));
            snapshot.warnings().forEach(warning -> others.add(warning.diagnostic(loaded)));
            List<Diagnostic> all = inFileOrder(loaded, routes.of(snapshot.problems()), others);
            if (all.stream().anyMatch(Diagnostic::isError)) {
                snapshot.discard(before);
                return new ConfigCheck(loaded, null, all);
            }
            return new ConfigCheck(loaded, snapshot, all);
        } catch (SettingsRefused refused) {
            return new ConfigCheck(loaded, null, inFileOrder(loaded, TlsDiagnostics.of(loaded, refused), others));
        } catch (RoutesRefused refused) {
            return new ConfigCheck(loaded, null, inFileOrder(loaded, routes.of(refused), others));
        }
    }

    /// For a look at a configuration that is not going to run: its snapshot may be read, never applied.
    public static ConfigCheck dryRun(Loaded loaded) {
        ConfigCheck check = of(loaded, Surroundings.none(), null);
        if (check.snapshot != null) {
            check.snapshot.discard(null);
        }
        return check;
    }

    public boolean hasErrors() {
        return snapshot == null;
    }

    /// Comments in the files silence these warnings as well.
    private static List<Diagnostic> inFileOrder(Loaded loaded, List<Diagnostic> compiled, List<Diagnostic> others) {
        Diagnostics all = new Diagnostics();
        loaded.sources().forEach(all::file);
        loaded.diagnostics().forEach(all::add);
        compiled.forEach(all::add);
        others.forEach(all::add);
        return all.all();
    }
}
