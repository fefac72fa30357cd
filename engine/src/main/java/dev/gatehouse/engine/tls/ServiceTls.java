package dev.gatehouse.engine.tls;

import dev.gatehouse.engine.config.CertificateConfig;
import dev.gatehouse.engine.config.ServiceProtocol;
import dev.gatehouse.engine.config.ServiceTlsConfig;
import dev.gatehouse.engine.config.ServiceTlsConfig.Verification.Level;
import dev.gatehouse.engine.net.IpAddress;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// TLS as the gateway speaks it with one service (RFC 8446). Made when a configuration is compiled, opens no socket;
/// shared by all loops. Sessions are kept here, so that a further connection to the same instance is agreed on without
/// a full handshake.
public final class ServiceTls {
    private final @Nullable String serverName;
    private final SslContext context;

    /// Offers HTTP/1.1 alone, for what HTTP/2 cannot do; the same as the other one for services that speak
    /// HTTP/1.1.
    private final SslContext http1;

    private ServiceTls(@Nullable String serverName, SslContext context, SslContext http1) {
        this.serverName = serverName;
        this.context = context;
        this.http1 = http1;
    }

    /// @throws TlsRefused when an authority's certificate or the gateway's own cannot be used
    public static ServiceTls of(ServiceTlsConfig config, ServiceProtocol protocol) {
        Recipe recipe = new Recipe(config, trust(config), own(config.certificate()));
        SslContext http1 = recipe.context(ApplicationProtocolNames.HTTP_1_1);
        SslContext context = switch (protocol) {
            case HTTP_1_1 -> http1;
            case AUTO -> recipe.context(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
            case H2, GRPC -> recipe.context(ApplicationProtocolNames.HTTP_2);
        };
        return new ServiceTls(config.serverName(), context, http1);
    }

    private static TrustManager trust(ServiceTlsConfig config) {
        return config.verify().level() == Level.NONE
                ? InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0]
                : new ServiceTrust(Authorities.of(config.ca()));
    }

    private static @Nullable KeyMaterial own(@Nullable CertificateConfig config) {
        try {
            return config == null ? null : KeyMaterialReader.read(config);
        } catch (TlsRefused e) {
            throw e.in("certificate");
        }
    }

    /// All that contexts have in common, whatever they offer.
    private record Recipe(
            ServiceTlsConfig config,
            TrustManager trust,
            @Nullable KeyMaterial own) {
        SslContext context(String... alpn) {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    // Not counted as a listener's are: nobody knows which connection of a service is its last.
                    .sslProvider(TlsProvider.best() == TlsProvider.BORINGSSL ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols(versions(config))
                    .trustManager(trust)
                    .endpointIdentificationAlgorithm(config.verify().level() == Level.FULL ? "HTTPS" : null)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            alpn));
            if (own != null) {
                builder.keyManager(own.key(), own.chain());
            }
            try {
                return builder.build();
            } catch (SSLException | IllegalArgumentException e) {
                throw new TlsRefused("min_version", "TLS cannot be set up: " + e.getMessage());
            }
        }
    }

    /// Newest first; what lies between the two bounds.
    private static List<String> versions(ServiceTlsConfig config) {
        return config.minVersion().equals(config.maxVersion())
                ? List.of(config.maxVersion().protocol())
                : List.of(config.maxVersion().protocol(), config.minVersion().protocol());
    }

    /// What speaks TLS on one connection: the first handler of its channel. The handshake begins when the channel
    /// is active.
    ///
    /// @param host of the instance, as it was written: whom its certificate must be for unless the configuration
    ///     names another
    /// @param http1Only whether only HTTP/1.1 is offered (ALPN, RFC 7301), whatever else the service speaks
    public SslHandler handler(ByteBufAllocator allocator, String host, int port, boolean http1Only) {
        String name = serverName == null ? host : serverName;
        SslHandler handler = (http1Only ? http1 : context).newHandler(allocator, name, port);
        SNIHostName asked = serverName(name);
        if (asked != null) {
            // Set here because TLS libraries leave names without a dot out.
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setServerNames(List.of(asked));
            handler.engine().setSSLParameters(parameters);
        }
        return handler;
    }

    /// Null for what is no name there: an address (RFC 6066 §3), a name with an underscore.
    private static @Nullable SNIHostName serverName(String name) {
        if (IpAddress.parse(name) != null) {
            return null;
        }
        try {
            return new SNIHostName(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
