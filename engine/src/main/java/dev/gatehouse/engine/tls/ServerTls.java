package dev.gatehouse.engine.tls;

import dev.gatehouse.engine.config.CertificateConfig;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.net.TlsFacts;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/// TLS as one listener speaks it with its clients. Made when a configuration is compiled; shared by all loops.
public final class ServerTls {
    private final SslContext context;

    private ServerTls(SslContext context) {
        this.context = context;
    }

    /// @param protocols what may be spoken inside, the best first (ALPN): `h2`, `http/1.1`
    /// @throws TlsRefused when key material cannot be used
    public static ServerTls of(ListenerTlsConfig config, List<String> protocols) {
        CertificateConfig certificate = config.certificates().getFirst();
        try {
            SslContext context = SslContextBuilder.forServer(
                            new ByteArrayInputStream(
                                    Objects.requireNonNull(certificate.cert()).octets()),
                            new ByteArrayInputStream(
                                    Objects.requireNonNull(certificate.key()).octets()),
                            certificate.password())
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols(
                            config.minVersion().protocol(), config.maxVersion().protocol())
                    .applicationProtocolConfig(alpn(protocols))
                    .build();
            return new ServerTls(context);
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsRefused("certificates[0]", String.valueOf(e.getMessage()));
        }
    }

    private static ApplicationProtocolConfig alpn(List<String> protocols) {
        return protocols.isEmpty()
                ? ApplicationProtocolConfig.DISABLED
                : new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        protocols);
    }

    /// Puts what speaks TLS in front of whatever is added to the pipeline after it.
    public void protect(Channel channel, ChannelPipeline pipeline) {
        pipeline.addLast(context.newHandler(channel.alloc()));
    }

    /// What was agreed on, once the handshake is complete.
    public static TlsFacts facts(ChannelPipeline pipeline) {
        SslHandler handler = pipeline.get(SslHandler.class);
        SSLSession session = handler.engine().getSession();
        return new TlsFacts(
                session.getProtocol(), session.getCipherSuite(), null, handler.applicationProtocol(), List.of());
    }
}
