package dev.gatehouse.engine.tls;

import dev.gatehouse.engine.tls.acme.Challenges;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/// The handshake by which an issuer sees that a host is ours (RFC 8737 §3): it is shown the proof, agrees on
/// `acme-tls/1`, and leaves. A few of them per certificate and month, so that the JDK's TLS does it, which leaves no
/// native memory to think of.
final class ChallengeHandshake {
    private ChallengeHandshake() {}

    /// @throws IllegalStateException when the JDK does not take the proof
    static SslHandler handler(ByteBufAllocator allocator, IssuedCertificate proof, String serverName) {
        try {
            SslContext context = SslContextBuilder.forServer(proof.key(), proof.chain())
                    .sslProvider(SslProvider.JDK)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.FATAL_ALERT,
                            Challenges.ALPN))
                    .build();
            return new ServerSslHandler(context.newEngine(allocator), serverName);
        } catch (SSLException e) {
            throw new IllegalStateException("the proof for " + serverName + " cannot be shown", e);
        }
    }
}
