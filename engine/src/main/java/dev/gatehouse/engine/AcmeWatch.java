package dev.gatehouse.engine;

import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.listener.ListenerPlan;
import dev.gatehouse.engine.telemetry.CounterSource;
import dev.gatehouse.engine.tls.KeyMaterial;
import dev.gatehouse.engine.tls.ServerTls;
import dev.gatehouse.engine.tls.TlsRefused;
import dev.gatehouse.engine.tls.acme.CertificateIssuer;
import dev.gatehouse.engine.tls.acme.CertificateIssuerFactory;
import dev.gatehouse.engine.tls.acme.Challenges;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import dev.gatehouse.engine.tls.acme.IssuerStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who gets certificates for the listeners of a gateway: opened when a configuration wants it, kept over reloads while
/// one wants the same. Told by whoever starts, reloads and stops the gateway, one at a time; asked by anybody.
final class AcmeWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AcmeWatch.class);

    private final CounterSource counters;
    private final Challenges challenges = new Challenges();

    /// Replaced as a whole.
    private volatile Map<AcmeConfig, Care> cares = Map.of();

    AcmeWatch(CounterSource counters) {
        this.counters = counters;
    }

    /// What is answered while orders are open.
    Challenges challenges() {
        return challenges;
    }

    /// One certificate: who gets it, and the doors it is shown at.
    private static final class Care {
        private @Nullable CertificateIssuer issuer;
        private @Nullable IssuedCertificate certificate;
        private List<ServerTls> doors = List.of();
        private boolean begun;

        static Care open(CertificateIssuerFactory factory, AcmeConfig config, AcmeWatch watch) {
            Care care = new Care();
            care.issuer = factory.open(config, watch.challenges, care::issued, watch.counters);
            return care;
        }

        private synchronized void issued(IssuedCertificate fresh) {
            certificate = fresh;
            doors.forEach(door -> show(fresh, door));
        }

        /// The library behind TLS may not like it; what was shown before then stays.
        private static void show(IssuedCertificate fresh, ServerTls door) {
            try {
                door.show(List.of(material(fresh)));
            } catch (TlsRefused e) {
                LOG.error("a certificate that was issued cannot be shown: {}", e.getMessage());
            }
        }

        private static KeyMaterial material(IssuedCertificate issued) {
            return new KeyMaterial(issued.chain(), issued.key(), null, false);
        }

        synchronized void at(List<ServerTls> next) {
            doors = next;
            IssuedCertificate known = certificate;
            if (known != null) {
                doors.forEach(door -> show(known, door));
            }
        }
    }

    /// Opens what these listeners want, and shows them what there is. Nothing is ordered before [#begin].
    ///
    /// @return those that are wanted no longer, to be closed
    List<CertificateIssuer> follow(Collection<ListenerPlan> listeners) {
        Map<AcmeConfig, List<ServerTls>> wanted = new LinkedHashMap<>();
        for (ListenerPlan plan : listeners) {
            ListenerTlsConfig written = plan.config().tls();
            ServerTls door = plan.tls();
            if (written != null && written.acme() != null && door != null) {
                wanted.computeIfAbsent(written.acme(), _ -> new ArrayList<>()).add(door);
            }
        }
        Map<AcmeConfig, Care> before = cares;
        Map<AcmeConfig, Care> next = new LinkedHashMap<>();
        wanted.forEach((config, doors) -> {
            Care known = before.get(config);
            Care care = known == null ? Care.open(factory(), config, this) : known;
            care.at(List.copyOf(doors));
            next.put(config, care);
        });
        cares = next;
        wanted.values().forEach(doors -> doors.forEach(door -> door.prove(this::proof)));
        List<CertificateIssuer> leaving = new ArrayList<>();
        before.forEach((config, care) -> {
            if (!next.containsKey(config) && care.issuer != null) {
                leaving.add(care.issuer);
            }
        });
        return leaving;
    }

    private @Nullable KeyMaterial proof(String host) {
        IssuedCertificate proof = challenges.certificate(host);
        return proof == null ? null : Care.material(proof);
    }

    private static CertificateIssuerFactory factory() {
        CertificateIssuerFactory factory = CertificateIssuerFactory.found();
        if (factory == null) {
            throw new IllegalArgumentException("tls.acme: the module gatehouse-acme is not there");
        }
        return factory;
    }

    /// The listeners are open: issuers may be asked, and will ask.
    void begin() {
        for (Care care : cares.values()) {
            if (!care.begun && care.issuer != null) {
                care.begun = true;
                care.issuer.begin();
            }
        }
    }

    /// How each of them stands, in the order of the listeners. Any thread.
    List<IssuerStatus> status() {
        List<IssuerStatus> all = new ArrayList<>();
        for (Care care : cares.values()) {
            if (care.issuer != null) {
                all.add(care.issuer.status());
            }
        }
        return all;
    }

    void close() {
        for (Care care : cares.values()) {
            if (care.issuer != null) {
                care.issuer.close();
            }
        }
        cares = Map.of();
    }
}
