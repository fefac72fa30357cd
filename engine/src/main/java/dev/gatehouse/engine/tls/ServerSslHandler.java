package dev.gatehouse.engine.tls;

import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// Speaks TLS on one connection, and remembers what the client asked for.
final class ServerSslHandler extends SslHandler {
    private final @Nullable String serverName;

    ServerSslHandler(SSLEngine engine, @Nullable String serverName) {
        super(engine);
        this.serverName = serverName;
        // The listener watches the time, from the first octet on.
        setHandshakeTimeoutMillis(0);
    }

    @Nullable String serverName() {
        return serverName;
    }
}
