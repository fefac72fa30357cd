package dev.gatehouse.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of the two sockets of a [Joint]. Where TLS is spoken, an `SslHandler` stands before it, and what is said of
/// octets is said of those inside.
final class JointEnd extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(JointEnd.class);

    private final Joint joint;
    private final ChannelFutureListener onWritten = done -> written(done.isSuccess());
    private @Nullable ChannelHandlerContext context;
    private @Nullable JointEnd other;

    /// It will send nothing more.
    private boolean inputEnded;

    /// It is to be sent nothing more; [#outputShut] when it knows.
    private boolean outputEnded;

    private boolean outputShut;

    /// What is written to it does not arrive.
    private boolean deaf;

    private boolean closed;

    JointEnd(Joint joint) {
        this.joint = joint;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        ctx.channel().config().setOption(ChannelOption.AUTO_CLOSE, false);
        if (other == null) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    void joinedTo(JointEnd end) {
        other = end;
    }

    // ── what it is told to do
    // ────────────────────────────────────────────────────────────────────────────────────────

    /// Sends `octets`, which are given away, with the next [#flush].
    void send(ByteBuf octets) {
        ChannelHandlerContext ctx = context;
        if (ctx == null || closed || deaf || outputEnded) {
            octets.release();
        } else {
            ctx.write(octets).addListener(onWritten);
        }
    }

    void flush() {
        if (context != null && !closed) {
            context.flush();
        }
    }

    /// Lets it be read, or not.
    void read(boolean on) {
        Channel channel = channel();
        if (channel != null && channel.config().isAutoRead() != on) {
            channel.config().setAutoRead(on);
        }
    }

    /// Tells it, behind all that was sent, that nothing more will come (a FIN; in TLS, close_notify before it).
    private void endOutput() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || outputEnded) {
            return;
        }
        outputEnded = true;
        ctx.writeAndFlush(Joint.mark()).addListener(sent -> {
            SslHandler tls = ctx.pipeline().get(SslHandler.class);
            if (tls == null) {
                shutOutput(ctx);
            } else {
                tls.closeOutbound().addListener(_ -> shutOutput(ctx));
            }
        });
    }

    private void shutOutput(ChannelHandlerContext ctx) {
        ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(_ -> {
            outputShut = true;
            closeWhenDone();
        });
    }

    /// Closes the socket so that its peer sees it break.
    void reset() {
        Channel channel = channel();
        if (channel != null) {
            if (channel.isActive()) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
            }
            // Past what speaks TLS: a close_notify would say that all is well.
            channel.unsafe().close(channel.voidPromise());
        }
    }

    boolean isWritable() {
        Channel channel = channel();
        return channel != null && channel.isWritable();
    }

    boolean isClosed() {
        return closed;
    }

    private @Nullable Channel channel() {
        return context == null ? null : context.channel();
    }

    // ── what its socket tells
    // ────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf octets = (ByteBuf) message;
        JointEnd to = other;
        if (to == null) {
            octets.release();
            return;
        }
        joint.received(this, octets.readableBytes());
        to.send(octets);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (other != null) {
            other.flush();
        }
    }

    /// It cannot keep up, or can again: then the other one is read no faster.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (other != null) {
            other.read(ctx.channel().isWritable() || deaf);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            endInput();
        }
    }

    /// It has sent all it had to send.
    void endInput() {
        if (!inputEnded) {
            inputEnded = true;
            joint.moved();
            if (deaf) {
                joint.broken(this);
                return;
            }
            if (other != null) {
                other.endOutput();
            }
            closeWhenDone();
        }
    }

    /// What was written has left, or cannot.
    private void written(boolean arrived) {
        if (arrived) {
            joint.moved();
            return;
        }
        if (deaf || closed) {
            return;
        }
        // It may have answered before it stopped listening: that is still to be read, and then it breaks.
        deaf = true;
        if (inputEnded) {
            joint.broken(this);
        } else if (other != null) {
            other.read(true);
        }
    }

    private void closeWhenDone() {
        if (inputEnded && outputShut && context != null) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        boolean well = inputEnded && outputShut;
        closed = true;
        if (!well && other != null) {
            joint.broken(this);
        }
        joint.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Unchecked: epoll, asked to read from a descriptor that is closed already. DecoderException: broken TLS.
        if (!(cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof DecoderException)) {
            LOG.error("joined connection of {} failed", ctx.channel().remoteAddress(), cause);
        }
        joint.broken(this);
    }
}
