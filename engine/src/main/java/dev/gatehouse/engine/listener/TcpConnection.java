package dev.gatehouse.engine.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Joint;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.target.proxy.ServiceLanes;
import dev.gatehouse.engine.target.tcp.TcpCall;
import dev.gatehouse.engine.telemetry.TcpEnding;
import dev.gatehouse.engine.tls.ClientHello;
import dev.gatehouse.engine.tls.ClientHelloReader;
import dev.gatehouse.engine.tls.HandshakeFailure;
import dev.gatehouse.engine.tls.ServerTls;
import dev.gatehouse.engine.tls.TlsAlert;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's connection that is passed on: until it is joined to a service. From then on the [Joint] hears its
/// socket, and this is told of the end only.
///
/// ```
/// accepted ─► [TLS of our own] ─► [the client's hello is read, and kept] ─► a service ─► connected ─► joined ─► over
///                  │                          │                                │
///                  └──────────────────────────┴──► refused ────────────────────┴──────────────────────────────► over
/// ```
final class TcpConnection extends ChannelInboundHandlerAdapter implements OpenConnection, TcpCall.Client, Joint.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    /// How long a client that was refused has for reading why.
    private static final long LINGER = TimeUnit.SECONDS.toNanos(1);

    /// Octets of a first message that are read, the heads of its records included.
    private static final int MAX_HELLO = 16 << 10;

    private enum Phase {
        HANDSHAKE,
        HELLO,
        CONNECT,
        JOINED,
        REFUSED,
        OVER
    }

    private final ListenerLoop listener;
    private final ListenerRules rules;
    private final TcpRoutes routes;
    private final Loop loop;
    private final Deadline deadline;
    private final ClientHelloReader hello = new ClientHelloReader(MAX_HELLO);
    private Phase phase = Phase.HANDSHAKE;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Handshake handshake;
    private @Nullable TcpRecord record;
    private @Nullable Joint joint;
    private @Nullable TcpCall call;

    /// What the client has sent and nobody has got yet.
    private @Nullable ByteBuf held;

    private boolean inputEnded;

    /// The ending that is on its way.
    private TcpEnding ending = TcpEnding.CLIENT_RESET;

    TcpConnection(ListenerLoop listener, TcpRoutes routes) {
        this.listener = listener;
        this.rules = listener.rules();
        this.routes = routes;
        this.loop = listener.loop();
        this.deadline = loop.connections().register(this::onDeadline);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        // A client may send all it has and the end before the service is reached.
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        if (rules.tls() == null && !routes.goesByName()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    // ── on the way to a service
    // ──────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        loop.now();
        if (!(ctx.channel().remoteAddress() instanceof InetSocketAddress remote)
                || !(ctx.channel().localAddress() instanceof InetSocketAddress local)) {
            ctx.close();
            return;
        }
        record = new TcpRecord(loop, rules.telemetry(), routes.listener(), new Peer(remote, local, List.of()));
        routes.graph().on(loop).begin();
        listener.opened(this);
        ServerTls tls = rules.tls();
        ListenerTlsConfig config = rules.config().tls();
        if (tls == null || config == null) {
            begin(null);
        } else {
            handshake = new Handshake(tls, loop, config.handshakeTimeout(), ctx);
        }
    }

    private void begin(@Nullable TlsFacts tls) {
        if (tls != null) {
            record().secured(tls.serverName());
        }
        if (routes.goesByName()) {
            phase = Phase.HELLO;
            deadline.at(loop.now() + rules.limits().headTimeout().toNanos());
        } else {
            connect(routes.to(null), TlsAlert.INTERNAL_ERROR);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        loop.now();
        if (phase == Phase.REFUSED || phase == Phase.OVER) {
            in.release();
            return;
        }
        ByteBuf before = held;
        held = before == null ? in : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), before, in);
        if (phase == Phase.HELLO) {
            readHello(held);
        } else if (phase == Phase.CONNECT) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void readHello(ByteBuf soFar) {
        switch (hello.read(soFar)) {
            case ClientHelloReader.Result.Incomplete _ -> {}
            case ClientHelloReader.Result.Complete(ClientHello read) -> {
                String name = read.serverName();
                record().secured(name);
                connect(routes.to(name), name == null ? TlsAlert.MISSING_EXTENSION : TlsAlert.UNRECOGNIZED_NAME);
            }
            case ClientHelloReader.Result.Broken(ClientHelloReader.Reason why) ->
                refuse(
                        why == ClientHelloReader.Reason.NO_TLS ? TcpEnding.NOT_TLS : TcpEnding.BROKEN_HELLO,
                        why == ClientHelloReader.Reason.NO_TLS ? null : TlsAlert.DECODE_ERROR);
        }
    }

    /// @param lanes to the service; null when there is none
    /// @param otherwise what the client is told then
    private void connect(@Nullable ServiceLanes lanes, TlsAlert otherwise) {
        deadline.disarm();
        if (lanes == null) {
            refuse(TcpEnding.UNKNOWN_NAME, otherwise);
            return;
        }
        phase = Phase.CONNECT;
        if (context != null) {
            context.channel().config().setAutoRead(false);
        }
        record().sentTo(lanes.service().key());
        Joint fresh = new Joint(loop, lanes.service().timeouts().idle(), this);
        TcpCall begun = new TcpCall(lanes, loop, fresh, this);
        joint = fresh;
        call = begun;
        begun.start(new String(record().peer().text(), US_ASCII));
    }

    @Override
    public void onUnreachable(TcpEnding why) {
        refuse(why, routes.goesByName() ? TlsAlert.INTERNAL_ERROR : null);
    }

    @Override
    public void onConnected() {
        Joint to = joint;
        ChannelHandlerContext ctx = context;
        if (phase != Phase.CONNECT || to == null || ctx == null) {
            return;
        }
        phase = Phase.JOINED;
        ByteBuf first = held;
        held = null;
        ctx.pipeline().replace(this, null, to.client());
        to.join(first, inputEnded);
    }

    // ── refused
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// @param alert what the client understands; null when nothing is known of that, and the connection is reset
    private void refuse(TcpEnding why, @Nullable TlsAlert alert) {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        ending = why;
        phase = Phase.REFUSED;
        releaseHeld();
        if (alert == null) {
            reset(ctx);
            return;
        }
        ctx.channel().config().setAutoRead(true);
        deadline.at(loop.now() + LINGER);
        ctx.writeAndFlush(Unpooled.wrappedBuffer(alert.octets())).addListener(sent -> {
            if (sent.isSuccess() && ctx.channel() instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        });
    }

    private static void reset(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ctx.close();
    }

    private void onDeadline() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        if (phase == Phase.HELLO) {
            ending = TcpEnding.HELLO_TIMEOUT;
            phase = Phase.REFUSED;
        }
        ctx.close();
    }

    // ── the socket, and the gateway's life
    // ───────────────────────────────────────────────────────────────────────────

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            if (phase != Phase.CONNECT) {
                ctx.close();
            }
        } else if (handshake != null) {
            onHandshake(ctx, handshake, event);
        }
    }

    private void onHandshake(ChannelHandlerContext ctx, Handshake began, Object event) {
        if (event instanceof HandshakeFailure why) {
            began.failed(why);
        } else if (event instanceof SslHandshakeCompletionEvent completion) {
            loop.now();
            TlsFacts facts = completion.isSuccess()
                    ? began.completed(ctx, listener.rules().tls())
                    : null;
            if (facts != null) {
                listener.admitted(this, facts);
                begin(facts);
                return;
            }
            if (!completion.isSuccess()) {
                began.failed(completion.cause(), ctx);
            }
            ending = TcpEnding.HANDSHAKE_FAILED;
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // As with HTTP; DecoderException: broken TLS.
        if (!(cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof DecoderException)) {
            LOG.error("connection of {} failed", ctx.channel().remoteAddress(), cause);
        }
        reset(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.now();
        if (handshake != null) {
            handshake.closed();
        }
        over(ending);
    }

    @Override
    public void drain() {
        if (phase == Phase.HANDSHAKE || phase == Phase.HELLO) {
            deadline.at(loop.now() + ListenerLoop.DRAINED_IDLE);
        }
    }

    @Override
    public void cutOff() {
        Joint joined = joint;
        if (phase == Phase.JOINED && joined != null) {
            joined.cutOff();
        } else if (context != null) {
            ending = TcpEnding.CUT_OFF;
            reset(context);
        }
    }

    /// Nothing here says when a request is over, so there is nothing to wait for.
    @Override
    public void unwelcome() {
        cutOff();
    }

    // ── joined, and over
    // ─────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void fromClient(int octets) {
        record().fromClient(octets);
    }

    @Override
    public void fromService(int octets) {
        record().fromService(octets);
    }

    @Override
    public void ended(Joint.Ending how) {
        over(
                switch (how) {
                    case ENDED -> TcpEnding.CLOSED;
                    case CLIENT_RESET -> TcpEnding.CLIENT_RESET;
                    case SERVICE_RESET -> TcpEnding.SERVICE_RESET;
                    case IDLE -> TcpEnding.IDLE_TIMEOUT;
                    case CUT_OFF -> TcpEnding.CUT_OFF;
                });
    }

    private void over(TcpEnding how) {
        if (phase == Phase.OVER) {
            return;
        }
        if (joint != null) {
            joint.discard();
        }
        phase = Phase.OVER;
        deadline.close();
        releaseHeld();
        if (call != null) {
            call.end();
        }
        TcpRecord known = record;
        if (known != null) {
            known.ended(how, call);
            routes.graph().on(loop).end();
        }
        listener.closed(this);
    }

    private void releaseHeld() {
        ByteBuf rest = held;
        held = null;
        if (rest != null) {
            rest.release();
        }
    }

    private TcpRecord record() {
        if (record == null) {
            throw new IllegalStateException("not accepted yet");
        }
        return record;
    }
}
