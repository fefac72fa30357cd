package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Sockets;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.ParsedResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One health check: a connection of its own, one request, the head of the answer. On one loop; lives for one check.
///
/// The verdict is there with the head; the rest of the answer is read and thrown away for a while, so that a service
/// does not see its answer cut off.
public final class HealthProbe extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HealthProbe.class);
    private static final HeadLimits LIMITS = new HeadLimits(16 << 10, 4 << 10, 100);
    private static final long REST = TimeUnit.SECONDS.toNanos(1);

    /// Told once how the check went.
    public interface Listener {
        /// @param status of the answer; 0 when only connecting was asked for
        void answered(int status);

        /// @param why for people
        void failed(String why);
    }

    private final Loop loop;
    private final byte @Nullable [] request;
    private final ParsedResponse head = new ParsedResponse();
    private final Deadline deadline;
    private @Nullable Listener listener;
    private @Nullable ChannelHandlerContext context;

    private HealthProbe(Loop loop, byte @Nullable [] request, Listener listener) {
        this.loop = loop;
        this.request = request;
        this.listener = listener;
        this.deadline = loop.exchanges().register(this::onDeadline);
    }

    /// Starts a check. On the loop's thread.
    ///
    /// @param request its octets; null when being able to connect is enough
    /// @param timeout for all of it
    public static void start(
            Loop loop, InetSocketAddress address, byte @Nullable [] request, Duration timeout, Listener listener) {
        HealthProbe probe = new HealthProbe(loop, request, listener);
        probe.deadline.at(loop.now() + timeout.toNanos());
        Sockets.connect(loop, address, timeout, probe).addListener(done -> {
            if (!done.isSuccess()) {
                probe.end();
                probe.tell("no connection");
            }
        });
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (listener == null) {
            ctx.close();
        } else if (request == null) {
            answered(0);
            ctx.close();
        } else {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(request));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (listener != null && in.isReadable()) {
                Progress progress = head.parse(in, LIMITS);
                if (progress == Progress.REFUSED) {
                    tell("an answer that is not HTTP");
                    ctx.close();
                } else if (progress == Progress.COMPLETE && head.isInterim()) {
                    head.reset();
                } else if (progress == Progress.COMPLETE) {
                    deadline.at(loop.now() + REST);
                    answered(head.status());
                }
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        tell("closed without an answer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("a health check failed", cause);
        }
        ctx.close();
    }

    private void onDeadline() {
        tell("no answer in time");
        if (context != null) {
            context.close();
        }
    }

    private void answered(int status) {
        Listener to = listener;
        listener = null;
        if (to != null) {
            to.answered(status);
        }
    }

    private void tell(String failure) {
        Listener to = listener;
        listener = null;
        if (to != null) {
            to.failed(failure);
        }
    }

    private void end() {
        deadline.close();
    }
}
