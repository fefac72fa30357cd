package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.util.concurrent.TimeUnit;

/// The ways in which a client's connection ends: after its last answer, so that the client gets all of that, or by
/// a reset, so that a part of an answer does not look whole. On the connection's loop only.
///
/// ```
/// close ──► last octets leave ─► closed
/// linger ─► last octets leave ─► our side closed ─► closed
///                 └─ the client does not read ──► reset
/// ```
final class ConnectionEnd {
    /// How long a client that still sends is listened to after its answer.
    private static final long LINGER = TimeUnit.SECONDS.toNanos(5);

    private final ChannelHandlerContext context;
    private final Loop loop;
    private final Deadline deadline;
    private final long flushTimeout;
    private final AnswerWriter answers;

    private boolean closing;
    private boolean flushed;
    private boolean over;

    /// @param deadline the connection's, which is ours once the end has begun
    /// @param flushTimeout how long a client may take to read the last answer, in nanoseconds
    ConnectionEnd(
            ChannelHandlerContext context, Loop loop, Deadline deadline, long flushTimeout, AnswerWriter answers) {
        this.context = context;
        this.loop = loop;
        this.deadline = deadline;
        this.flushTimeout = flushTimeout;
        this.answers = answers;
    }

    /// Closes when the kernel has taken the last answer.
    void close() {
        afterFlush(context::close);
    }

    /// Closes our side when the kernel has taken the last answer, and listens on: what the client still sends is to
    /// be read and thrown away, so that the kernel does not answer it with a reset that would take our answer with
    /// it (RFC 9112 §9.6).
    void linger() {
        afterFlush(() -> {
            SecureSocket.closeOutput(context);
            deadline.at(loop.now() + LINGER);
        });
    }

    private void afterFlush(Runnable then) {
        deadline.at(loop.now() + flushTimeout);
        answers.flush();
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            flushed = true;
            if (!over) {
                then.run();
            }
        });
    }

    /// The time is over for a client that was to read its last answer, or to stop sending.
    void onDeadline() {
        if (flushed) {
            context.close();
        } else {
            abort();
        }
    }

    /// Resets the connection: a plain end would make an answer without a length look whole.
    void abort() {
        over = true;
        answers.drop();
        if (context.channel().isActive()) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        SecureSocket.closeNow(context);
    }

    /// Closes at once: nothing is being answered.
    void closeNow() {
        closing = true;
        context.close();
    }

    /// Whether [#closeNow] has been called. That takes a moment with io_uring, and a request that becomes whole
    /// meanwhile must not begin: it could not be answered.
    boolean isClosing() {
        return closing;
    }

    /// The socket is gone.
    void closed() {
        over = true;
        deadline.close();
        answers.drop();
    }
}
