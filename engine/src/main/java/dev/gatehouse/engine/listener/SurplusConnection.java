package dev.gatehouse.engine.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/// A connection over the listener's limit: told so at once and closed, whatever it asks. It costs no exchange, and no
/// handshake: where TLS is spoken, it is closed without a word.
final class SurplusConnection extends ChannelInboundHandlerAdapter {
    private static final String BODY =
            "{\"error\":{\"code\":\"TOO_MANY_CONNECTIONS\",\"message\":\"There are too many connections. Please try again.\","
                    + "\"details\":{\"retry_after\":1}}}\n";
    private static final byte[] ANSWER = ("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
                    + "Cache-Control: no-store\r\nRetry-After: 1\r\nGatehouse-Error: TOO_MANY_CONNECTIONS\r\n"
                    + "Content-Length: " + BODY.length() + "\r\nConnection: close\r\n\r\n" + BODY)
            .getBytes(US_ASCII);

    private final boolean silent;

    /// @param silent whether TLS is spoken
    SurplusConnection(boolean silent) {
        this.silent = silent;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (silent) {
            ctx.close();
            return;
        }
        ctx.writeAndFlush(Unpooled.wrappedBuffer(ANSWER)).addListener(done -> {
            if (done.isSuccess()) {
                ((DuplexChannel) ctx.channel()).shutdownOutput();
                ctx.executor().schedule(() -> ctx.close(), 1, TimeUnit.SECONDS);
            } else {
                ctx.close();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
