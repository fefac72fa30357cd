package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.grpc.Dialect;
import dev.gatehouse.engine.grpc.GrpcFields;
import dev.gatehouse.engine.grpc.WebBody;
import dev.gatehouse.http1.FieldBlock;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A client that speaks gRPC-Web, in front of the stream that leads to it: what is gRPC on this side is gRPC-Web on that
/// one. An answer that is no gRPC passes as it is. Lives for one exchange, on its loop.
final class GrpcWebStream implements ClientStream {
    private static final byte[] CONTENT_TYPE = "Content-Type".getBytes(US_ASCII);
    private static final byte[] CONTENT_TYPE_LOWER = "content-type".getBytes(US_ASCII);
    private static final byte[] CONTENT_LENGTH = "Content-Length".getBytes(US_ASCII);
    private static final byte[] CONTENT_LENGTH_LOWER = "content-length".getBytes(US_ASCII);
    private static final Trailers NO_STATUS =
            Trailers.of("grpc-status: 2\r\ngrpc-message: The service ended the call without a status.\r\n");

    private final ClientStream client;
    private final Dialect dialect;
    private final WebBody body;
    private boolean grpc;
    private boolean ended;

    /// @param dialect one of the web: what the client reads
    GrpcWebStream(ClientStream client, Dialect dialect) {
        this.client = client;
        this.dialect = dialect;
        this.body = new WebBody(dialect);
    }

    @Override
    public void sendInterim(ParsedResponse head) {
        client.sendInterim(head);
    }

    @Override
    public void sendHead(
            ParsedResponse head, FieldEdits fields, boolean hasBody, long length, int bodyAtHand, boolean whole) {
        int type = head.find(KnownField.CONTENT_TYPE);
        grpc = type >= 0 && Dialect.of(head.value(type)) == Dialect.GRPC;
        if (!grpc) {
            client.sendHead(head, fields, hasBody, length, bodyAtHand, whole);
            return;
        }
        String suffix = head.value(type).substring(Dialect.GRPC.mediaType().length());
        fields.remove(CONTENT_TYPE_LOWER, KnownField.CONTENT_TYPE.hash());
        fields.add(CONTENT_TYPE, (dialect.mediaType() + suffix).getBytes(US_ASCII));
        fields.remove(CONTENT_LENGTH_LOWER, KnownField.CONTENT_LENGTH.hash());
        boolean told = GrpcFields.status(head) != GrpcFields.NO_STATUS;
        if (hasBody && !told) {
            client.sendHead(head, fields, true, -1, 0, whole);
            return;
        }
        // Nothing follows a head with a status, though no field says so.
        ended = true;
        ByteBuf only = told ? body.endOfHead(head) : body.end(NO_STATUS);
        GrpcFields.remove(fields);
        fields.add(CONTENT_LENGTH, Integer.toString(only.readableBytes()).getBytes(US_ASCII));
        client.sendHead(head, fields, true, only.readableBytes(), only.readableBytes(), whole);
        client.sendBody(only, only.readableBytes());
    }

    @Override
    public void sendBody(ByteBuf in, int n) {
        if (ended) {
            in.skipBytes(n);
            return;
        }
        if (grpc && body.isText()) {
            send(body.text(in, n));
            return;
        }
        if (grpc) {
            body.pass(in, n);
        }
        client.sendBody(in, n);
    }

    /// An answer that breaks off within a message is not ended: the client would take the trailers for the rest of it.
    @Override
    public void sendEnd(@Nullable Trailers trailers) {
        if (!grpc) {
            client.sendEnd(trailers);
        } else if (ended) {
            client.sendEnd(null);
        } else if (body.isBetweenMessages()) {
            send(body.end(orNoStatus(trailers)));
            client.sendEnd(null);
        } else {
            client.abort();
        }
    }

    private static FieldBlock orNoStatus(@Nullable Trailers trailers) {
        return trailers == null || GrpcFields.status(trailers) == GrpcFields.NO_STATUS ? NO_STATUS : trailers;
    }

    @Override
    public void flush() {
        send(body.rest());
        client.flush();
    }

    private void send(ByteBuf octets) {
        if (octets.isReadable()) {
            client.sendBody(octets, octets.readableBytes());
        }
    }

    @Override
    public boolean isWritable() {
        return client.isWritable();
    }

    @Override
    public void readBody(boolean on) {
        client.readBody(on);
    }

    @Override
    public void abort() {
        client.abort();
    }

    @Override
    public void exchangeEnded() {
        client.exchangeEnded();
    }
}
