package dev.gatehouse.engine.tls;

import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.config.TlsCipher;
import dev.gatehouse.engine.config.TlsVersion;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// One context of the TLS library for each certificate and boundary: made when a configuration is compiled, so that
/// what cannot be used is told then. Their native memory goes when nobody knows them any more; a connection keeps
/// its own.
final class ServerContexts {
    private static final Cleaner CLEANER = Cleaner.create();

    /// Of TLS 1.3 (RFC 8446 §9.1), the best first.
    private static final List<String> CIPHERS_13 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private final IdentityHashMap<KeyMaterial, SslContext[]> contexts = new IdentityHashMap<>();
    private final List<ClientBoundary> boundaries;
    private final ClientTrusts trusts;

    /// @throws TlsRefused when the library does not take one
    ServerContexts(
            ListenerTlsConfig config,
            List<String> protocols,
            TlsProvider provider,
            List<KeyMaterial> certificates,
            ClientTrusts trusts) {
        this.boundaries = trusts.boundaries();
        this.trusts = trusts;
        List<SslContext> all = new ArrayList<>();
        CLEANER.register(this, () -> all.forEach(ReferenceCountUtil::release));
        for (int i = 0; i < certificates.size(); i++) {
            SslContext[] own = new SslContext[boundaries.size()];
            for (ClientBoundary boundary : boundaries) {
                own[boundary.index()] = build(config, protocols, provider, certificates.get(i), boundary, i);
                all.add(own[boundary.index()]);
            }
            contexts.put(certificates.get(i), own);
        }
    }

    private SslContext build(
            ListenerTlsConfig config,
            List<String> protocols,
            TlsProvider provider,
            KeyMaterial certificate,
            ClientBoundary boundary,
            int index) {
        try {
            SslContext context = SslContextBuilder.forServer(certificate.key(), certificate.chain())
                    .sslProvider(provider.netty())
                    .protocols(versions(config))
                    .ciphers(ciphers(config), SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(alpn(protocols))
                    .enableOcsp(
                            provider == TlsProvider.BORINGSSL && (config.ocspStapling() || certificate.ocsp() != null))
                    .sessionTimeout(2 * config.sessionTickets().rotate().toSeconds())
                    .clientAuth(clientAuth(boundary))
                    .trustManager(trusts.of(boundary))
                    .build();
            if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
                // Tickets do it, and leave nothing to remember here.
                sessions.setSessionCacheEnabled(false);
            }
            return context;
        } catch (SSLException | IllegalArgumentException e) {
            String key = index < config.certificates().size() ? "certificates[" + index + "]" : "acme";
            throw new TlsRefused(key, "cannot be used: " + e.getMessage());
        }
    }

    private static ClientAuth clientAuth(ClientBoundary boundary) {
        return switch (boundary.asked().mode()) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.OPTIONAL;
            case REQUIRED -> ClientAuth.REQUIRE;
        };
    }

    private static List<String> versions(ListenerTlsConfig config) {
        return Stream.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)
                .filter(version ->
                        version.compareTo(config.minVersion()) >= 0 && version.compareTo(config.maxVersion()) <= 0)
                .map(TlsVersion::protocol)
                .toList();
    }

    private static List<String> ciphers(ListenerTlsConfig config) {
        List<TlsCipher> wanted = config.ciphers().isEmpty() ? Arrays.asList(TlsCipher.values()) : config.ciphers();
        return Stream.concat(CIPHERS_13.stream(), wanted.stream().map(TlsCipher::name))
                .toList();
    }

    /// The best that both speak. That there is one has been seen before the handshake begins.
    private static ApplicationProtocolConfig alpn(List<String> protocols) {
        if (protocols.isEmpty()) {
            return ApplicationProtocolConfig.DISABLED; // octets are passed on: nobody here knows what they are
        }
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                protocols);
    }

    SslContext of(KeyMaterial certificate, ClientBoundary boundary) {
        SslContext[] own = contexts.get(certificate);
        if (own == null) {
            throw new IllegalArgumentException("not one of this listener's: " + certificate.name());
        }
        return own[boundary.index()];
    }

    /// Seals tickets with the first of these keys from now on, and opens those that any of them has sealed. The
    /// JDK's TLS makes its own.
    void seal(List<byte[]> keys) {
        for (SslContext[] own : contexts.values()) {
            for (ClientBoundary boundary : boundaries) {
                if (own[boundary.index()].sessionContext() instanceof OpenSslSessionContext sessions) {
                    sessions.setTicketKeys(boundary.ticketKeys(keys).stream()
                            .map(ServerContexts::ticketKey)
                            .toArray(OpenSslSessionTicketKey[]::new));
                }
            }
        }
    }

    /// The order of the parts is that of nginx, so that both understand each other's tickets.
    private static OpenSslSessionTicketKey ticketKey(byte[] key) {
        return new OpenSslSessionTicketKey(
                Arrays.copyOfRange(key, 0, 16), Arrays.copyOfRange(key, 32, 48), Arrays.copyOfRange(key, 16, 32));
    }
}
