package dev.gatehouse.engine.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The first on a client's connection: waits until its first message is whole, has the certificate chosen by what that
/// says, and makes room for who does the handshake. Or refuses it, with an alert (RFC 8446 §6) before anything is
/// computed, and tells what comes after it so by a [HandshakeFailure].
final class ClientHelloHandler extends ChannelInboundHandlerAdapter {
    private static final int DECODE_ERROR = 50;
    private static final byte[] PLAIN_HTTP = ("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: 44\r\nConnection: close\r\n\r\nThis port speaks TLS: ask it with https://.\n")
            .getBytes(US_ASCII);

    private final ServerTls tls;
    private final ClientHelloReader reader;
    private ByteBuf seen = Unpooled.EMPTY_BUFFER;
    private boolean over;

    ClientHelloHandler(ServerTls tls, int maxClientHello) {
        this.tls = tls;
        this.reader = new ClientHelloReader(maxClientHello);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (over) {
            in.release();
            return;
        }
        seen = seen.isReadable()
                ? ctx.alloc()
                        .compositeBuffer(1024)
                        .addFlattenedComponents(true, seen)
                        .addFlattenedComponents(true, in)
                : in;
        switch (reader.read(seen)) {
            case ClientHelloReader.Result.Incomplete() -> {}
            case ClientHelloReader.Result.Complete(ClientHello hello) -> answer(ctx, hello);
            case ClientHelloReader.Result.Broken(ClientHelloReader.Reason reason) -> {
                switch (reason) {
                    case NO_TLS ->
                        refuse(
                                ctx,
                                HandshakeFailure.NOT_TLS,
                                looksLikeHttp() ? Unpooled.wrappedBuffer(PLAIN_HTTP) : null);
                    case TOO_LARGE -> refuse(ctx, HandshakeFailure.TOO_LARGE, alert(DECODE_ERROR));
                    case MALFORMED -> refuse(ctx, HandshakeFailure.MALFORMED, alert(DECODE_ERROR));
                }
            }
        }
    }

    private void answer(ChannelHandlerContext ctx, ClientHello hello) {
        if (!(ctx.channel().localAddress() instanceof InetSocketAddress local)) {
            // Gone already.
            over = true;
            ctx.close();
            return;
        }
        switch (tls.choose(hello, local.getAddress())) {
            case ServerTls.Choice.Refused(HandshakeFailure why, int alert) -> refuse(ctx, why, alert(alert));
            case ServerTls.Choice.Shown shown -> makeRoom(ctx, tls.shown(ctx.alloc(), shown, hello.serverName()));
            case ServerTls.Choice.Proof proof -> makeRoom(ctx, tls.proof(ctx.alloc(), proof, hello.serverName()));
        }
    }

    private void makeRoom(ChannelHandlerContext ctx, SslHandler handshake) {
        over = true;
        ByteBuf first = seen;
        seen = Unpooled.EMPTY_BUFFER;
        ctx.pipeline().addAfter(ctx.name(), null, handshake);
        ctx.fireChannelRead(first);
        ctx.pipeline().remove(this);
    }

    private boolean looksLikeHttp() {
        int first = seen.getByte(seen.readerIndex());
        return first >= 'A' && first <= 'Z';
    }

    /// A fatal alert in a record of its own, in the clear: nothing has been agreed on.
    private static ByteBuf alert(int description) {
        return Unpooled.wrappedBuffer(new byte[] {21, 3, 3, 0, 2, 2, (byte) description});
    }

    /// Says why and listens on: what still comes is thrown away, so that the kernel does not answer it with a
    /// reset that would take our word with it. The listener's deadline ends that.
    private void refuse(ChannelHandlerContext ctx, HandshakeFailure why, @Nullable ByteBuf said) {
        over = true;
        drop();
        ctx.fireUserEventTriggered(why);
        if (said == null) {
            ctx.close();
            return;
        }
        ctx.writeAndFlush(said).addListener(done -> {
            if (done.isSuccess()) {
                ((DuplexChannel) ctx.channel()).shutdownOutput();
            } else {
                ctx.close();
            }
        });
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop();
    }

    private void drop() {
        ByteBuf rest = seen;
        seen = Unpooled.EMPTY_BUFFER;
        rest.release();
    }
}
