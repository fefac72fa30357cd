package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.Span;
import dev.gatehouse.engine.listener.ListenerPlan;
import dev.gatehouse.engine.tls.KeyMaterial;
import dev.gatehouse.engine.tls.ServerTls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells which of the certificates that clients would be shown are over, or soon will be. They work, and clients refuse
/// them: a warning, so that a gateway whose certificate ended in the night can still be changed.
final class CertificateDiagnostics {
    /// Time to renew it without haste.
    private static final Duration SOON = Duration.ofDays(14);

    private final Loaded loaded;
    private final Instant now;
    private final List<Diagnostic> found = new ArrayList<>();

    private CertificateDiagnostics(Loaded loaded, Instant now) {
        this.loaded = loaded;
        this.now = now;
    }

    static List<Diagnostic> of(Loaded loaded, Map<String, ListenerPlan> listeners, Instant now) {
        CertificateDiagnostics all = new CertificateDiagnostics(loaded, now);
        listeners.forEach((name, plan) -> {
            ServerTls tls = plan.tls();
            if (tls != null) {
                all.certificates("listeners." + name + ".tls.certificates", tls.written());
            }
        });
        return all.found;
    }

    private void certificates(String path, List<KeyMaterial> written) {
        for (int i = 0; i < written.size(); i++) {
            KeyMaterial one = written.get(i);
            String sentence = sentence(one);
            if (sentence != null) {
                warn(path + "[" + i + "]", sentence, "renew it; the new one is taken as soon as its files change");
            }
            if (!now.isBefore(one.ocspUntil())) {
                warn(
                        path + "[" + i + "].ocsp",
                        "the answer of the OCSP responder is out of date since " + one.ocspUntil()
                                + ", and is not stapled",
                        "get a new one, or write ocsp_stapling: true instead");
            }
        }
    }

    private @Nullable String sentence(KeyMaterial one) {
        if (now.isBefore(one.notBefore())) {
            return "the certificate of " + one.name() + " is not valid before " + one.notBefore();
        }
        if (!now.isBefore(one.notAfter())) {
            return "the certificate of " + one.name() + " ended on " + one.notAfter();
        }
        Duration left = Duration.between(now, one.notAfter());
        if (left.compareTo(SOON) < 0) {
            return "the certificate of " + one.name() + " ends in " + left.toDays() + " days, on " + one.notAfter();
        }
        return null;
    }

    private void warn(String path, String sentence, String help) {
        Span place = loaded.place(path);
        if (place != null) {
            found.add(Diagnostic.warning(Code.GH2207, place, loaded.mask().apply(sentence))
                    .path(path)
                    .help(help)
                    .build());
        }
    }
}
