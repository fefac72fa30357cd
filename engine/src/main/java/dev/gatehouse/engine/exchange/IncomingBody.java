package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The body of one exchange's request, on its way from the client to the target: as it comes, or as policies change
/// it. Belongs to one [ExchangeDriver] and is used again with it.
final class IncomingBody {
    private static final byte[] CONTENT_LENGTH = "Content-Length".getBytes(US_ASCII);

    private final Loop loop;
    private final ParsedRequest request;
    private final StreamedBody body;
    private final Consumer<RuntimeException> onBroken;
    private long received;
    private boolean over;
    private @Nullable Trailers trailers;

    /// @param onCollect called when a policy wants to have it whole
    /// @param onBroken hears what a policy has thrown instead of changing it
    IncomingBody(Loop loop, ParsedRequest request, Runnable onCollect, Consumer<RuntimeException> onBroken) {
        this.loop = loop;
        this.request = request;
        this.body = new StreamedBody(onCollect);
        this.onBroken = onBroken;
    }

    /// The request's head is whole.
    void begin() {
        over = !request.hasBody();
        body.begin(request.isChunked() ? -1 : Math.max(request.contentLength(), 0));
    }

    /// Nobody can tell where it would end.
    void beginNone() {
        over = true;
    }

    /// As policies see it.
    StreamedBody body() {
        return body;
    }

    /// Whether the client has sent all of it.
    boolean isOver() {
        return over;
    }

    // ── from the client
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    /// Counts octets that came.
    ///
    /// @param most the listener's limit
    /// @return whether they are too many
    boolean exceeds(int octets, long most) {
        received += octets;
        return received > limit(most);
    }

    /// How many octets may come.
    ///
    /// @param most the listener's limit
    long limit(long most) {
        return Math.min(most, body.limit());
    }

    /// Passes the next `n` octets of `in` on to whoever is there; they are taken.
    void pass(ByteBuf in, int n, @Nullable TargetCall to, ClientStream client) {
        if (!body.isTouched()) {
            if (to != null) {
                to.onRequestBody(in, n);
            } else {
                in.skipBytes(n);
            }
        } else if (change(in, n, to) && body.isAhead()) {
            // Too long for whoever wanted it whole: the rest waits until the target wants it.
            client.readBody(false);
        }
    }

    /// The client has sent all of it.
    ///
    /// @return false when a policy has thrown instead of changing the rest
    boolean end(@Nullable Trailers with, @Nullable TargetCall to) {
        over = true;
        trailers = with;
        if (body.isTouched() && body.whole() == null && !change(null, 0, to)) {
            return false;
        }
        if (to != null && body.whole() == null) {
            to.onRequestEnd(with);
        }
        return true;
    }

    /// @param in null for the end
    private boolean change(@Nullable ByteBuf in, int n, @Nullable TargetCall to) {
        ByteBuf octets;
        try {
            octets = in == null ? body.end(loop.allocator()) : body.accept(in, n, loop.allocator());
        } catch (RuntimeException e) {
            onBroken.accept(e);
            return false;
        }
        if (octets != null) {
            try {
                if (to != null && octets.isReadable()) {
                    to.onRequestBody(octets, octets.readableBytes());
                }
            } finally {
                octets.release();
            }
        }
        return true;
    }

    // ── to the target
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    /// No policy changes it any more: what frames it is the client's only if nobody has.
    void frame(FieldEdits edits) {
        if (!body.isTouched()) {
            return;
        }
        request.dropAll(KnownField.CONTENT_LENGTH);
        byte[] whole = body.whole();
        if (whole != null && !isTrailed()) {
            edits.add(CONTENT_LENGTH, Integer.toString(whole.length).getBytes(US_ASCII));
        }
    }

    /// Whether there is a body to send.
    boolean isThere() {
        byte[] whole = body.whole();
        return whole == null ? request.hasBody() : whole.length > 0;
    }

    /// Whether it goes out in chunks.
    boolean isChunked() {
        return body.isTouched() ? body.whole() == null || isTrailed() : request.isChunked();
    }

    /// Trailers have their place behind a body whose length is not told (RFC 9112 §7.1.2).
    private boolean isTrailed() {
        return trailers != null && !trailers.isEmpty();
    }

    /// Whether the client waits for 100 before it sends it.
    boolean awaitsContinue() {
        return request.expectsContinue() && request.hasBody() && body.whole() == null;
    }

    /// The target wants it, or a pause in it.
    void read(boolean on, @Nullable TargetCall to, ClientStream client) {
        byte[] whole = body.whole();
        if (whole == null) {
            byte[] first = on && to != null ? body.takeAhead() : null;
            if (first != null && to != null) {
                to.onRequestBody(Unpooled.wrappedBuffer(first), first.length);
            }
            client.readBody(on);
        } else if (on && to != null) {
            to.onRequestBody(Unpooled.wrappedBuffer(whole), whole.length);
            to.onRequestEnd(trailers);
            to.onRequestBatch();
        }
    }

    /// Forgets the exchange.
    void clear() {
        received = 0;
        trailers = null;
        body.clear();
    }
}
