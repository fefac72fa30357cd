package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceTlsConfig.Verification.Level;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Tells at their places which `tls` sections cannot be used, and which can but should not.
final class TlsDiagnostics {
    private final Loaded loaded;
    private final List<Diagnostic> found = new ArrayList<>();

    private TlsDiagnostics(Loaded loaded) {
        this.loaded = loaded;
    }

    static List<Diagnostic> of(Loaded loaded, SettingsRefused refused) {
        TlsDiagnostics all = new TlsDiagnostics(loaded);
        refused.reasons().forEach(all::refused);
        return all.found;
    }

    /// What is no error, and nobody should do.
    static List<Diagnostic> of(Loaded loaded) {
        TlsDiagnostics all = new TlsDiagnostics(loaded);
        GatewayConfig config = loaded.config();
        if (config != null) {
            for (Map.Entry<String, ServiceConfig> service : config.services().entrySet()) {
                all.service("services." + service.getKey() + ".tls", service.getValue());
            }
        }
        return all.found;
    }

    private void refused(SettingsRefused.Reason reason) {
        Span place = loaded.place(reason.path());
        if (place != null) {
            boolean authentication = reason.path().startsWith("security.");
            found.add(Diagnostic.error(
                            authentication ? Code.GH1305 : Code.GH1206,
                            place,
                            authentication
                                    ? "clients cannot be authenticated as it is written here"
                                    : "TLS cannot be set up as it is written here")
                    .path(reason.path())
                    .label(loaded.mask().apply(reason.sentence()))
                    .build());
        }
    }

    private void service(String path, ServiceConfig service) {
        Span place = loaded.node(path) == null ? null : loaded.place(path);
        if (place == null) {
            return;
        }
        boolean speaksTls =
                service.instances().stream().anyMatch(one -> one.address().tls());
        if (!speaksTls) {
            found.add(Diagnostic.warning(Code.GH2206, place, "these settings are not in force: no instance is https://")
                    .path(path)
                    .help("write the instances as https://host:port, or remove 'tls'")
                    .build());
            return;
        }
        Span verify = loaded.place(path + ".verify");
        if (service.tls().verify().level() == Level.NONE && verify != null) {
            found.add(Diagnostic.warning(Code.GH2205, verify, "whoever answers at these addresses is believed")
                    .path(path + ".verify")
                    .help("name the authority of the service's certificate with 'ca', or what its certificate is for"
                            + " with 'server_name'; 'verify: chain' leaves out the name alone")
                    .build());
        }
    }
}
