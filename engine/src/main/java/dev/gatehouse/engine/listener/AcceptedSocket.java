package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.ListenerConfig.Protocol;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.tls.HandshakeFailure;
import dev.gatehouse.engine.tls.ServerTls;
import dev.gatehouse.engine.tls.acme.Challenges;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Netty tells of a client's socket, told to the [ClientConnection] that is spoken on it.
final class AcceptedSocket extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptedSocket.class);

    private static final String H2 = "h2";

    private final ListenerLoop listener;
    private @Nullable ClientConnection connection;
    private @Nullable Handshake handshake;

    AcceptedSocket(ListenerLoop listener) {
        this.listener = listener;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ServerTls tls = listener.rules().tls();
        ListenerTlsConfig config = listener.rules().config().tls();
        if (tls == null || config == null) {
            begin(ctx, null);
        } else {
            handshake = new Handshake(tls, listener.loop(), config.handshakeTimeout(), ctx);
        }
    }

    /// The handshake is over, if there is one: HTTP begins.
    private void begin(ChannelHandlerContext ctx, @Nullable TlsFacts tls) {
        if (!(ctx.channel().remoteAddress() instanceof InetSocketAddress remote)
                || !(ctx.channel().localAddress() instanceof InetSocketAddress local)) {
            // Gone between the handshake and now.
            ctx.close();
            return;
        }
        ListenerConfig config = listener.rules().config();
        Peer peer = new Peer(remote, local, listener.rules().trustedProxies(), tls);
        boolean http1 = config.speaks(Protocol.HTTP_1_1);
        if (tls == null && config.speaks(Protocol.H2C) && http1) {
            opened(new UndecidedConnection(listener, ctx, (http2, first) -> decided(ctx, peer, http2, first)));
        } else {
            opened(open(ctx, peer, !http1 || (tls != null && H2.equals(tls.applicationProtocol()))));
        }
    }

    private ClientConnection open(ChannelHandlerContext ctx, Peer peer, boolean http2) {
        return http2 ? new Http2Connection(listener, ctx, peer) : new Http1Connection(listener, ctx, peer);
    }

    private void opened(ClientConnection opened) {
        connection = opened;
        listener.opened(opened);
    }

    private void decided(ChannelHandlerContext ctx, Peer peer, boolean http2, ByteBuf first) {
        ClientConnection undecided = connection;
        if (undecided != null) {
            listener.replaced(undecided);
        }
        ClientConnection decided = open(ctx, peer, http2);
        opened(decided);
        decided.onOctets(first);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        ClientConnection to = connection;
        if (to == null) {
            in.release();
        } else {
            to.onOctets(in);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ClientConnection to = connection;
        if (to != null) {
            to.onBatch();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ClientConnection to = connection;
        if (to != null) {
            to.onWritable(ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ClientConnection to = connection;
        connection = null;
        Handshake began = handshake;
        if (began != null) {
            began.closed();
        }
        listener.closed(to);
        if (to != null) {
            to.onClosed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Decoder: what comes is not what TLS sends. Unchecked: epoll, asked to read from a descriptor that is closed.
        Throwable real = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (!(real instanceof IOException || real instanceof UncheckedIOException)) {
            LOG.error("connection of {} failed", ctx.channel().remoteAddress(), cause);
        }
        ClientConnection to = connection;
        if (to == null) {
            ctx.close();
        } else {
            to.closeNow();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        Handshake began = handshake;
        switch (event) {
            // The client has said that nothing more will come, which is all that a plain socket could say.
            case ChannelInputShutdownEvent _, SslCloseCompletionEvent _ -> ctx.close();
            case HandshakeFailure why when began != null -> began.failed(why);
            case SslHandshakeCompletionEvent completion when began != null -> {
                TlsFacts facts = completion.isSuccess() ? began.completed(ctx, listener.rules().tls()) : null;
                if (!completion.isSuccess()) {
                    began.failed(completion.cause(), ctx);
                }
                // An issuer that proves our host has seen what it wanted to see.
                if (facts != null && !Challenges.ALPN.equals(facts.applicationProtocol())) {
                    begin(ctx, facts);
                    ClientConnection opened = connection;
                    if (opened != null) {
                        listener.admitted(opened, facts);
                    }
                } else {
                    ctx.close();
                }
            }
            default -> {}
        }
    }
}
