package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.config.ServiceProtocol;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Sockets;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.tls.FailedWrites;
import dev.gatehouse.engine.tls.ServiceHandshakeFailure;
import dev.gatehouse.engine.tls.ServiceTls;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection on its way to an instance, up to the moment at which a request can be sent. On its loop.
///
/// ```
/// TCP ─┬─ http:// ──────────────────────┬─ http/1.1 ────────────────────────► opened
///      └─ https:// ─► handshake (ALPN) ─┴─ h2 ─► the service's SETTINGS are in ─► opened
/// ```
///
/// All of it has the time that the service gives to connecting.
final class Opening {
    /// Told once what came of it.
    interface Opened {
        void http1(Http1ServiceConnection connection);

        void http2(Http2ServiceConnection connection);

        /// @param detail a sentence without its subject, for operators
        void failed(ServiceFault fault, @Nullable String detail);
    }

    private final ConnectionOwner owner;
    private final Service service;
    private final Instance instance;
    private final boolean http1Only;
    private final Opened opened;
    private final Duration limit;
    private final long begun;

    private Opening(
            ConnectionOwner owner,
            Service service,
            Instance instance,
            boolean http1Only,
            Duration limit,
            Opened opened) {
        this.owner = owner;
        this.service = service;
        this.instance = instance;
        this.http1Only = http1Only;
        this.opened = opened;
        this.limit = limit;
        this.begun = owner.loop().now();
    }

    /// @param http1Only whether HTTP/2 will not do
    /// @param limit for all of it
    static void start(
            ConnectionOwner owner,
            Service service,
            Instance instance,
            boolean http1Only,
            Duration limit,
            Opened opened) {
        Opening opening = new Opening(owner, service, instance, http1Only, limit, opened);
        ServiceTls tls = service.tls();
        if (instance.isTls() && tls != null) {
            opening.throughTls(tls);
        } else if (!http1Only && isHttp2(service.protocol())) {
            opening.http2();
        } else {
            opening.http1();
        }
    }

    /// Whether HTTP/1.1 is not spoken with the service.
    static boolean isHttp2(ServiceProtocol protocol) {
        return switch (protocol) {
            case AUTO, HTTP_1_1 -> false;
            case H2, GRPC -> true;
        };
    }

    private void http1() {
        Http1ServiceConnection connection = new Http1ServiceConnection(owner, instance);
        connect(connection).addListener(done -> {
            owner.loop().now();
            if (done.isSuccess()) {
                opened.http1(connection);
            } else {
                connection.discard();
                unreachable(done.cause());
            }
        });
    }

    private void http2() {
        Http2ServiceConnection connection = new Http2ServiceConnection(owner, instance, timeLeft(), opened);
        connect(connection).addListener(done -> {
            owner.loop().now();
            if (!done.isSuccess()) {
                connection.discard();
                unreachable(done.cause());
            }
        });
    }

    private void throughTls(ServiceTls tls) {
        Loop loop = owner.loop();
        SslHandler handler = tls.handler(
                loop.allocator(), instance.host(), instance.address().getPort(), http1Only);
        connect(new TlsFirst(handler)).addListener(done -> {
            loop.now();
            if (done.isSuccess()) {
                handler.setHandshakeTimeout(timeLeft(), TimeUnit.NANOSECONDS);
            } else {
                unreachable(done.cause());
            }
        });
    }

    private ChannelFuture connect(ChannelHandler handler) {
        return Sockets.connect(owner.loop(), instance.address(), limit, handler);
    }

    private void unreachable(@Nullable Throwable cause) {
        opened.failed(ServiceFault.CONNECT_FAILED, cause == null ? null : cause.getMessage());
    }

    private long timeLeft() {
        return Math.max(limit.toNanos() - (owner.loop().recent() - begun), TimeUnit.MILLISECONDS.toNanos(1));
    }

    /// Stands behind the handler that speaks TLS until the handshake is over; what speaks HTTP takes its place.
    private final class TlsFirst extends ChannelInboundHandlerAdapter {
        private final SslHandler tls;
        private boolean told;

        TlsFirst(SslHandler tls) {
            this.tls = tls;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ctx.pipeline().addBefore(ctx.name(), null, FailedWrites.WATCH).addBefore(ctx.name(), null, tls);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                owner.loop().now();
                if (handshake.isSuccess()) {
                    agreed(ctx, tls.applicationProtocol());
                } else {
                    fail(ctx, ServiceHandshakeFailure.of(handshake.cause()));
                }
            }
        }

        private void agreed(ChannelHandlerContext ctx, @Nullable String protocol) {
            if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
                told = true;
                ctx.pipeline().replace(this, null, new Http2ServiceConnection(owner, instance, timeLeft(), opened));
            } else if (isHttp2(service.protocol()) && !http1Only) {
                fail(
                        ctx,
                        new ServiceHandshakeFailure(
                                "it does not offer HTTP/2 (ALPN: " + (protocol == null ? "nothing" : protocol) + ")",
                                false));
            } else {
                told = true;
                Http1ServiceConnection connection = new Http1ServiceConnection(owner, instance);
                ctx.pipeline().replace(this, null, connection);
                opened.http1(connection);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            fail(ctx, new ServiceHandshakeFailure("it closed the connection during the TLS handshake", false));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            fail(ctx, ServiceHandshakeFailure.of(cause));
        }

        private void fail(ChannelHandlerContext ctx, ServiceHandshakeFailure why) {
            ctx.close();
            if (!told) {
                told = true;
                opened.failed(why.late() ? ServiceFault.CONNECT_FAILED : ServiceFault.TLS_FAILED, why.sentence());
            }
        }
    }
}
