package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.tls.ClientCertificateException;
import dev.gatehouse.engine.tls.HandshakeFailure;
import dev.gatehouse.engine.tls.ServerTls;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The TLS handshake of one connection, from the first octet: how long it may take, and that it is counted once,
/// however it goes. On the connection's loop only.
final class Handshake {
    private final ServerTls tls;
    private final Deadline deadline;
    private boolean decided;

    /// @param timeout after which the connection is closed
    Handshake(ServerTls tls, Loop loop, Duration timeout, ChannelHandlerContext context) {
        this.tls = tls;
        this.deadline = loop.connections().register(() -> {
            failed(HandshakeFailure.TIMEOUT);
            SecureSocket.closeNow(context);
        });
        deadline.at(loop.now() + timeout.toNanos());
    }

    /// @param now who does those that begin now: the listener may have been changed meanwhile
    /// @return what was agreed on; null when the client is not to come in after all
    @Nullable
    TlsFacts completed(ChannelHandlerContext context, @Nullable ServerTls now) {
        try {
            TlsFacts facts = tls.completed(context.pipeline());
            decided = true;
            deadline.close();
            return now == null || now == tls || now.letsIn(tls).test(facts) ? facts : null;
        } catch (ClientCertificateException e) {
            failed(e, context);
            return null;
        }
    }

    /// @param cause in the words of whose TLS it is
    void failed(Throwable cause, ChannelHandlerContext context) {
        if (!decided) {
            tls.tellRefusal(cause, context.channel().remoteAddress());
        }
        failed(HandshakeFailure.of(cause));
    }

    /// The first reason counts: others follow from it.
    void failed(HandshakeFailure why) {
        if (!decided) {
            decided = true;
            tls.failed(why);
        }
    }

    /// The socket is gone.
    void closed() {
        failed(HandshakeFailure.CLIENT_LEFT);
        deadline.close();
    }
}
