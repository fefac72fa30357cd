package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What some hosts of a listener ask of clients that the others do not.
@Settings(name = "listener.tls.host", value = "What some hosts of a listener ask of clients that the others do not.")
public record TlsHostConfig(
        @Setting(value = "admin.example.com or *.example.com, as clients name it (SNI).", min = "1")
        List<String> names,

        @Setting("Whether clients of these hosts show certificates; replaces the listener's word on it.") @Nullable
        ClientCertificatesConfig clientCertificates) {
    public TlsHostConfig {
        names = List.copyOf(names);
        if (clientCertificates == null) {
            throw new IllegalArgumentException("'client_certificates' is missing: these hosts ask for nothing else");
        }
    }
}
