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
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// TLS as one listener speaks it with its clients. Made when a configuration is compiled, without a socket; shared by
/// all loops; in use as long as a connection that began with it is open.
///
/// ```
/// socket ─► ClientHelloHandler ─► choose: CertificateTable, ClientBoundaries ─► ServerContexts ─► SslHandler ─► HTTP
///                  └─ alert
/// ```
public final class ServerTls {
    private static final int UNRECOGNIZED_NAME = 112;
    private static final int NO_APPLICATION_PROTOCOL = 120;

    private final ListenerTlsConfig config;
    private final List<String> protocols;
    private final LongSupplier clock;
    private final TicketKeys tickets;
    private final Handshakes handshakes;
    private final RefusalLog refusals;
    private final ClientBoundaries boundaries;
    private final ClientTrusts trusts;
    private final TlsProvider provider;
    private final List<KeyMaterial> written;
    private final @Nullable OcspStaples staples;
    private volatile Stock stock;
    private volatile @Nullable Function<String, @Nullable KeyMaterial> proofs;

    /// What is there to be shown, and the contexts for it; replaced as a whole by [#show].
    static final class Stock {
        private final CertificateTable certificates;
        private final ServerContexts contexts;
        private volatile long ticketGeneration = -1;

        private Stock(CertificateTable certificates, ServerContexts contexts) {
            this.certificates = certificates;
            this.contexts = contexts;
        }
    }

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
        this.refusals = before == null ? new RefusalLog(clock.getAsLong()) : before.refusals;
        this.provider = provider;
        this.boundaries = ClientBoundaries.of(config);
        this.trusts = new ClientTrusts(boundaries.all());
        this.written = read(config.certificates());
        Stock first = stock(written);
        sealTickets(first);
        this.stock = first;
        this.staples = config.ocspStapling() ? new OcspStaples(this::certificates, InstantSource.system()) : null;
        if (staples != null && before != null && before.staples != null) {
            staples.adopt(before.staples);
        }
    }

    private Stock stock(List<KeyMaterial> all) {
        return new Stock(
                new CertificateTable(all, config.maxVersion().equals(TlsVersion.TLS_1_3)),
                new ServerContexts(config, protocols, provider, all, trusts));
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

    /// A listener is open that speaks this: issuers are asked what is to be stapled, if that is wanted.
    public void begin() {
        if (staples != null) {
            staples.begin();
        }
    }

    /// No listener speaks this with new clients any more.
    public void end() {
        if (staples != null) {
            staples.end();
        }
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
        record Shown(KeyMaterial certificate, ClientBoundary boundary, Stock from) implements Choice {}

        /// The proof that this host is ours, for the issuer of a certificate (RFC 8737).
        record Proof(KeyMaterial certificate) implements Choice {}

        /// @param alert its number (RFC 8446 §6)
        record Refused(HandshakeFailure why, int alert) implements Choice {}
    }

    /// @param local the address it came to
    Choice choose(ClientHello hello, InetAddress local) {
        Choice.Proof proof = proof(hello);
        if (proof != null) {
            return proof;
        }
        if (!hello.protocols().isEmpty() && hello.protocols().stream().noneMatch(protocols::contains)) {
            return new Choice.Refused(HandshakeFailure.NO_APPLICATION_PROTOCOL, NO_APPLICATION_PROTOCOL);
        }
        Stock now = stock;
        KeyMaterial certificate = now.certificates.choose(hello, local);
        return certificate == null
                ? new Choice.Refused(HandshakeFailure.UNKNOWN_HOST, UNRECOGNIZED_NAME)
                : new Choice.Shown(certificate, boundaries.at(hello.serverName()), now);
    }

    /// Null when the client is no issuer we wait for.
    private Choice.@Nullable Proof proof(ClientHello hello) {
        Function<String, @Nullable KeyMaterial> proving = proofs;
        String host = hello.serverName();
        if (proving == null || host == null || !hello.protocols().contains(Challenges.ALPN)) {
            return null;
        }
        KeyMaterial certificate = proving.apply(host);
        return certificate == null ? null : new Choice.Proof(certificate);
    }

    SslHandler shown(ByteBufAllocator allocator, Choice.Shown shown, @Nullable String serverName) {
        Stock from = shown.from();
        sealTickets(from);
        return handler(allocator, from.contexts, shown.certificate(), shown.boundary(), serverName);
    }

    /// One of the few handshakes that issuers make: its context lives as long as they do.
    SslHandler proof(ByteBufAllocator allocator, Choice.Proof proof, @Nullable String serverName) {
        ClientTrusts none = new ClientTrusts(ClientBoundaries.NONE.all());
        ServerContexts once = new ServerContexts(
                config, List.of(Challenges.ALPN), provider, List.of(proof.certificate()), none);
        return handler(allocator, once, proof.certificate(), ClientBoundaries.NONE.all().getFirst(), serverName);
    }

    private SslHandler handler(
            ByteBufAllocator allocator,
            ServerContexts contexts,
            KeyMaterial certificate,
            ClientBoundary boundary,
            @Nullable String serverName) {
        SSLEngine engine;
        try {
            engine = contexts.of(certificate, boundary).newEngine(allocator);
        } finally {
            // From here on the engine keeps its context.
            Reference.reachabilityFence(contexts);
        }
        if (engine instanceof ReferenceCountedOpenSslEngine boring) {
            byte[] staple = staple(certificate);
            if (staple != null) {
                boring.setOcspResponse(staple);
            }
            if (!config.sessionTickets().enabled()) {
                SSL.setOptions(boring.sslPointer(), SSL.SSL_OP_NO_TICKET);
            }
        }
        return new ServerSslHandler(engine, serverName);
    }

    private byte @Nullable [] staple(KeyMaterial certificate) {
        OcspStaples asked = staples;
        byte[] file = certificate.ocsp();
        if (file != null) {
            return Instant.now().isBefore(certificate.ocspUntil()) ? file : null;
        }
        return asked == null ? null : asked.of(certificate);
    }

    /// The keys of tickets are replaced by the first handshake after they are due: a listener that nobody comes to
    /// needs no timer.
    private void sealTickets(Stock of) {
        if (!config.sessionTickets().enabled()) {
            return;
        }
        long generation = tickets.generationAt(clock.getAsLong());
        if (generation != of.ticketGeneration) {
            synchronized (tickets) {
                if (generation > of.ticketGeneration) {
                    of.contexts.seal(tickets.of(generation));
                    of.ticketGeneration = generation;
                }
            }
        }
    }

    // ── after a handshake
    // ────────────────────────────────────────────────────────────────────────────────────────────

    /// A handshake is complete: counts it.
    ///
    /// @return what was agreed on
    /// @throws ClientCertificateException when the client came back with a ticket, and what it has shown at first is not
    ///     believed any more
    public TlsFacts completed(ChannelPipeline pipeline) throws ClientCertificateException {
        ServerSslHandler handler = pipeline.get(ServerSslHandler.class);
        SSLEngine engine = handler.engine();
        SSLSession session = engine.getSession();
        boolean proves = Challenges.ALPN.equals(handler.applicationProtocol());
        List<X509Certificate> shown =
                proves ? List.of() : trusts.verified(boundaries.at(handler.serverName()), session);
        handshakes.completed(session.getProtocol(), isResumed(engine));
        return new TlsFacts(
                session.getProtocol(),
                session.getCipherSuite(),
                handler.serverName(),
                handler.applicationProtocol(),
                shown);
    }

    private static boolean isResumed(SSLEngine engine) {
        return engine instanceof ReferenceCountedOpenSslEngine boring && SSL.isSessionReused(boring.sslPointer());
    }

    /// Tells the operator why a client was not let in, if it was for its certificate.
    ///
    /// @param failure what its handshake ended with
    /// @param from null when it is gone already
    public void tellRefusal(Throwable failure, @Nullable SocketAddress from) {
        refusals.tell(failure, from, clock.getAsLong());
    }

    /// A handshake came to nothing: counts it.
    public void failed(HandshakeFailure why) {
        handshakes.failed(why);
    }

    // ── when another one has taken its place
    // ──────────────────────────────────────────────────────────────────────────

    /// Whether it asks the same certificates of its clients, and has the same lists of revoked ones.
    public boolean asksLike(ServerTls other) {
        return Objects.equals(config.clientCertificates(), other.config.clientCertificates())
                && config.hosts().equals(other.config.hosts());
    }

    /// Which connections may go on whose handshakes were done by `before`: all when nothing has changed, those whose
    /// certificates are still believed when only lists of revoked ones have, and otherwise none: the hosts they were
    /// let in to may lie beyond a boundary by now.
    public Predicate<TlsFacts> letsIn(ServerTls before) {
        if (asksLike(before)) {
            return _ -> true;
        }
        return boundaries.isLike(before.boundaries)
                ? facts -> trusts.believe(boundaries.at(facts.serverName()), facts.clientCertificates())
                : _ -> false;
    }

    // ── what there is
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    /// What is written, in the order of the configuration.
    public List<KeyMaterial> written() {
        return written;
    }

    /// What can be shown, in the order of the configuration; what an issuer brought is the last.
    public List<KeyMaterial> certificates() {
        return stock.certificates.all();
    }

    public Handshakes handshakes() {
        return handshakes;
    }

    // ── certificates that come by themselves
    // ─────────────────────────────────────────────────────────────────────────

    /// Shows these from now on, beside what is written. Any thread; handshakes under way end with what they began
    /// with.
    ///
    /// @param obtained all of them: those of an earlier call are shown no longer
    /// @throws TlsRefused when one cannot be used; then nothing has changed
    public synchronized void show(List<KeyMaterial> obtained) {
        List<KeyMaterial> all = new ArrayList<>(written);
        all.addAll(obtained);
        Stock next = stock(all);
        sealTickets(next);
        stock = next;
    }

    /// From now on, issuers that want to see whose a host is are shown what this says (TLS-ALPN-01, RFC 8737 §3).
    ///
    /// @param byHost asked on all loops; null for a host that no issuer was asked about
    public void prove(Function<String, @Nullable KeyMaterial> byHost) {
        proofs = byHost;
    }
}
