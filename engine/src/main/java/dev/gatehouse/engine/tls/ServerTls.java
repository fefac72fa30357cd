package dev.gatehouse.engine.tls;

import dev.gatehouse.engine.config.CertificateConfig;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.config.TlsVersion;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.tls.acme.Challenges;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// TLS as one listener speaks it with its clients. Made when a configuration is compiled, without a socket; shared by
/// all loops; in use as long as a connection that began with it is open.
///
/// ```
/// socket ─► ClientHelloHandler ─► choose: CertificateTable, Audience ─► ServerContexts ─► SslHandler ─► HTTP
///                  └─ alert
/// ```
public final class ServerTls {
    /// What is spoken in a handshake that only looks at the certificate (RFC 8737 §4).
    private static final String PROOF = Challenges.ALPN;

    private static final int UNRECOGNIZED_NAME = 112;
    private static final int NO_APPLICATION_PROTOCOL = 120;

    private final ListenerTlsConfig config;
    private final List<String> protocols;
    private final LongSupplier clock;
    private final TicketKeys tickets;
    private final Handshakes handshakes;
    private final Audience.ByHost audiences;
    private final TlsProvider provider;
    private final List<KeyMaterial> written;
    private volatile Offer offer;
    private volatile long ticketGeneration = -1;
    private volatile @Nullable Function<String, @Nullable KeyMaterial> proofs;

    private ServerTls(
            ListenerTlsConfig config,
            List<String> protocols,
            @Nullable ServerTls before,
            TlsProvider provider,
            LongSupplier clock) {
        this.config = config;
        this.protocols = List.copyOf(protocols);
        this.clock = clock;
        this.tickets = before != null && before.tickets.config().equals(config.sessionTickets())
                ? before.tickets
                : new TicketKeys(config.sessionTickets(), new SecureRandom(), clock.getAsLong());
        this.handshakes = before == null ? new Handshakes() : before.handshakes;
        this.audiences = new Audience.ByHost(config);
        this.provider = provider;
        this.written = read(config.certificates());
        this.offer = offer(written);
        sealTickets();
    }

    /// What can be shown, and what the library made of it. Replaced as a whole.
    record Offer(CertificateTable certificates, ServerContexts contexts) {}

    private Offer offer(List<KeyMaterial> all) {
        return new Offer(
                new CertificateTable(all, config.maxVersion().equals(TlsVersion.TLS_1_3)),
                new ServerContexts(config, protocols, provider, all, audiences.all()));
    }

    /// @param protocols what may be spoken inside, the best first (ALPN): `h2`, `http/1.1`
    /// @param before what this listener speaks now: clients of it come back with their tickets
    /// @throws TlsRefused when key material cannot be used
    public static ServerTls of(ListenerTlsConfig config, List<String> protocols, @Nullable ServerTls before) {
        return of(config, protocols, before, TlsProvider.best(), System::nanoTime);
    }

    /// @param clock in nanoseconds; tells when the keys of tickets are replaced
    static ServerTls of(
            ListenerTlsConfig config,
            List<String> protocols,
            @Nullable ServerTls before,
            TlsProvider provider,
            LongSupplier clock) {
        return new ServerTls(config, protocols, before, provider, clock);
    }

    private static List<KeyMaterial> read(List<CertificateConfig> written) {
        List<KeyMaterial> all = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            try {
                all.add(KeyMaterialReader.read(written.get(i)));
            } catch (TlsRefused e) {
                throw e.in("certificates[" + i + "]");
            }
        }
        return all;
    }

    // ── a connection
    // ─────────────────────────────────────────────────────────────────────────────────────────────────

    /// Puts what speaks TLS in front of whatever is added to the pipeline after it. A handshake that comes to nothing
    /// before it has begun is told there by a [HandshakeFailure]; the rest is said by Netty's completion event.
    public void protect(Channel channel) {
        channel.pipeline().addLast(new ClientHelloHandler(this, config.maxClientHello()));
    }

    /// What a client is answered.
    sealed interface Choice {
        /// @param from what it was chosen from: by the time it is shown, there may be another
        record Shown(KeyMaterial certificate, Audience audience, Offer from) implements Choice {}

        /// The proof that this host is ours, for the issuer of a certificate (RFC 8737).
        record Proof(KeyMaterial certificate) implements Choice {}

        /// @param alert its number (RFC 8446 §6)
        record Refused(HandshakeFailure why, int alert) implements Choice {}
    }

    /// @param local the address it came to
    Choice choose(ClientHello hello, InetAddress local) {
        Function<String, @Nullable KeyMaterial> proving = proofs;
        String host = hello.serverName();
        if (proving != null && host != null && hello.protocols().contains(PROOF)) {
            KeyMaterial proof = proving.apply(host);
            if (proof != null) {
                return new Choice.Proof(proof);
            }
        }
        if (!hello.protocols().isEmpty() && hello.protocols().stream().noneMatch(protocols::contains)) {
            return new Choice.Refused(HandshakeFailure.NO_APPLICATION_PROTOCOL, NO_APPLICATION_PROTOCOL);
        }
        Offer now = offer;
        KeyMaterial certificate = now.certificates().choose(hello, local);
        return certificate == null
                ? new Choice.Refused(HandshakeFailure.UNKNOWN_HOST, UNRECOGNIZED_NAME)
                : new Choice.Shown(certificate, audiences.of(host), now);
    }

    SslHandler shown(ByteBufAllocator allocator, Choice.Shown shown, @Nullable String serverName) {
        sealTickets();
        return handler(allocator, shown.from().contexts(), shown.certificate(), shown.audience(), serverName);
    }

    /// One of the few handshakes that issuers make: its context lives as long as they do.
    SslHandler proof(ByteBufAllocator allocator, Choice.Proof proof, @Nullable String serverName) {
        Audience nobody = new Audience(0, null);
        ServerContexts once =
                new ServerContexts(config, List.of(PROOF), provider, List.of(proof.certificate()), List.of(nobody));
        return handler(allocator, once, proof.certificate(), nobody, serverName);
    }

    private static SslHandler handler(
            ByteBufAllocator allocator,
            ServerContexts contexts,
            KeyMaterial certificate,
            Audience audience,
            @Nullable String serverName) {
        SSLEngine engine;
        try {
            engine = contexts.of(certificate, audience).newEngine(allocator);
        } finally {
            // From here on the engine keeps its context.
            Reference.reachabilityFence(contexts);
        }
        byte[] staple = certificate.ocsp();
        if (staple != null && engine instanceof ReferenceCountedOpenSslEngine boring) {
            boring.setOcspResponse(staple);
        }
        return new ServerSslHandler(engine, serverName);
    }

    /// The keys of tickets are replaced by the first handshake after they are due: a listener that nobody comes to
    /// needs no timer.
    private void sealTickets() {
        if (!config.sessionTickets().enabled()) {
            return;
        }
        long generation = tickets.generationAt(clock.getAsLong());
        if (generation != ticketGeneration) {
            synchronized (tickets) {
                if (generation > ticketGeneration) {
                    offer.contexts().seal(tickets.of(generation));
                    ticketGeneration = generation;
                }
            }
        }
    }

    // ── after a handshake
    // ────────────────────────────────────────────────────────────────────────────────────────────

    /// A handshake is complete: counts it.
    ///
    /// @return what was agreed on
    public TlsFacts completed(ChannelPipeline pipeline) {
        ServerSslHandler handler = pipeline.get(ServerSslHandler.class);
        SSLEngine engine = handler.engine();
        SSLSession session = engine.getSession();
        handshakes.completed(session.getProtocol(), isResumed(engine));
        return new TlsFacts(
                session.getProtocol(),
                session.getCipherSuite(),
                handler.serverName(),
                handler.applicationProtocol(),
                List.of());
    }

    private static boolean isResumed(SSLEngine engine) {
        return engine instanceof ReferenceCountedOpenSslEngine boring && SSL.isSessionReused(boring.sslPointer());
    }

    /// A handshake came to nothing: counts it.
    public void failed(HandshakeFailure why) {
        handshakes.failed(why);
    }

    // ── what there is
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    /// What can be shown: what is written, and what was obtained.
    public List<KeyMaterial> certificates() {
        return offer.certificates().all();
    }

    public Handshakes handshakes() {
        return handshakes;
    }

    // ── certificates that come by themselves
    // ─────────────────────────────────────────────────────────────────────────

    /// Shows these from now on, beside what is written. Any thread.
    ///
    /// @param obtained all of them: those of an earlier call are shown no longer
    /// @throws TlsRefused when one cannot be used; then nothing has changed
    public void show(List<KeyMaterial> obtained) {
        List<KeyMaterial> all = new ArrayList<>(written);
        all.addAll(obtained);
        synchronized (tickets) {
            Offer next = offer(all);
            if (config.sessionTickets().enabled()) {
                next.contexts().seal(tickets.of(Math.max(ticketGeneration, 0)));
            }
            offer = next;
        }
    }

    /// From now on, issuers that want to see whose a host is are shown what this says (TLS-ALPN-01, RFC 8737 §3).
    ///
    /// @param byHost asked on all loops; null for a host that no issuer was asked about
    public void prove(Function<String, @Nullable KeyMaterial> byHost) {
        proofs = byHost;
    }
}
