package dev.gatehouse.engine.tls;

import dev.gatehouse.engine.config.CertificateConfig;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.config.TlsVersion;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.tls.acme.Challenges;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
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
import java.util.function.LongSupplier;
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

    /// What an issuer brought is shown from now on, beside what is written; in place of what it brought before. Any
    /// thread; handshakes under way end with what they began with.
    ///
    /// @throws TlsRefused when it cannot be used; then nothing has changed
    public synchronized void show(IssuedCertificate issued) {
        List<KeyMaterial> all = new ArrayList<>(written);
        all.add(new KeyMaterial(issued.chain(), issued.key(), null, false));
        Stock next = stock(all);
        sealTickets(next);
        stock = next;
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
    ///
    /// @param challenges answered too: such a handshake agrees on [Challenges#ALPN], and there is nothing behind it
    public void protect(Channel channel, Challenges challenges) {
        channel.pipeline().addLast(new ClientHelloHandler(this, challenges, config.maxClientHello()));
    }

    /// What a client is answered.
    sealed interface Choice {
        record Shown(KeyMaterial certificate, ClientBoundary boundary, Stock from) implements Choice {}

        /// To an issuer that looks whether the host is ours (RFC 8737).
        record Proof(IssuedCertificate certificate, String host) implements Choice {}

        /// @param alert its number (RFC 8446 §6)
        record Refused(HandshakeFailure why, int alert) implements Choice {}
    }

    /// @param local the address it came to
    Choice choose(ClientHello hello, InetAddress local, Challenges challenges) {
        if (!hello.protocols().isEmpty() && hello.protocols().stream().noneMatch(protocols::contains)) {
            Choice.Proof proof = proof(hello, challenges);
            return proof == null
                    ? new Choice.Refused(HandshakeFailure.NO_APPLICATION_PROTOCOL, NO_APPLICATION_PROTOCOL)
                    : proof;
        }
        Stock now = stock;
        KeyMaterial certificate = now.certificates.choose(hello, local);
        return certificate == null
                ? new Choice.Refused(HandshakeFailure.UNKNOWN_HOST, UNRECOGNIZED_NAME)
                : new Choice.Shown(certificate, boundaries.at(hello.serverName()), now);
    }

    /// Null when the client is no issuer we wait for.
    private static Choice.@Nullable Proof proof(ClientHello hello, Challenges challenges) {
        String host = hello.serverName();
        if (host == null || !hello.protocols().equals(List.of(Challenges.ALPN))) {
            return null;
        }
        IssuedCertificate certificate = challenges.certificate(host);
        return certificate == null ? null : new Choice.Proof(certificate, host);
    }

    SslHandler handler(ByteBufAllocator allocator, Choice.Shown shown, @Nullable String serverName) {
        Stock from = shown.from();
        sealTickets(from);
        SslContext context = from.contexts.of(shown.certificate(), shown.boundary());
        SSLEngine engine;
        try {
            engine = context.newEngine(allocator);
        } finally {
            // From here on the engine keeps its context.
            Reference.reachabilityFence(from.contexts);
        }
        if (engine instanceof ReferenceCountedOpenSslEngine boring) {
            byte[] staple = staple(shown.certificate());
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
}
