package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Response;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// The answer to one exchange, on its way to the client: a service's or one made here, with what policies change
/// in it. Held while they have not decided; what comes of its body meanwhile is kept. Belongs to one
/// [ExchangeDriver] and is used again with it.
final class OutgoingAnswer {
    private static final byte[] CONTENT_LENGTH = "Content-Length".getBytes(US_ASCII);
    private static final byte[] REQUEST_ID = "X-Request-Id".getBytes(US_ASCII);
    private static final byte[] REQUEST_ID_LOWER = "x-request-id".getBytes(US_ASCII);
    private static final byte[] DATE = "Date".getBytes(US_ASCII);
    private static final byte[] DATE_LOWER = "date".getBytes(US_ASCII);

    private final Loop loop;
    private final ParsedResponse head = new ParsedResponse();
    private final FieldEdits edits = new FieldEdits();
    private final StreamedBody body;

    private @Nullable Response made;
    private boolean toHead;
    private boolean hasBody;

    /// It is a 101: what follows is no body, whatever policies asked for.
    private boolean tunnel;

    private boolean sent;
    private boolean open;
    private boolean over;
    private @Nullable Trailers trailers;
    private @Nullable ByteBuf kept;

    /// @param onCollect called when a policy wants to have a service's body whole
    OutgoingAnswer(Loop loop, Runnable onCollect) {
        this.loop = loop;
        this.body = new StreamedBody(onCollect);
    }

    /// Where a service's answer is parsed.
    ParsedResponse head() {
        return head;
    }

    FieldEdits edits() {
        return edits;
    }

    /// The body of a service's answer.
    StreamedBody body() {
        return body;
    }

    // ── which answer
    // ─────────────────────────────────────────────────────────────────────────────────────────────────

    /// What a service has answered; its head is in [#head].
    ///
    /// @param withBody whether octets of a body may follow
    /// @param answersHead whether the method was HEAD
    void ofService(boolean withBody, boolean answersHead) {
        made = null;
        toHead = answersHead;
        hasBody = withBody;
        over = false;
        edits.reset(head);
        tunnel = head.status() == 101;
        body.begin(withBody && !tunnel ? head.contentLength() : 0);
    }

    /// What the gateway answers itself, in the place of whatever was on its way.
    void ofGateway(Response answer, boolean answersHead) {
        dropKept();
        made = answer;
        tunnel = false;
        OwnAnswer.write(answer, head);
        toHead = answersHead;
        over = true;
        trailers = null;
        edits.reset(head);
    }

    boolean isOfGateway() {
        return made != null;
    }

    /// As policies see it.
    Response view() {
        return new ResponseView(head, edits, made == null ? body : made.body());
    }

    // ── what comes of it
    // ─────────────────────────────────────────────────────────────────────────────────────────────

    /// Whether the client has its head.
    boolean isSent() {
        return sent;
    }

    /// Whether the client has the beginning of one that may end anywhere, because no field has told it where.
    boolean mayEndEarly() {
        return sent && open;
    }

    /// Whether the service has sent all of it.
    boolean isOver() {
        return over;
    }

    /// Whether its service may go on sending though the client has nothing of it yet.
    boolean takesMore() {
        return sent || body.isCollecting();
    }

    /// Octets of its body that come before the head is sent; they are taken.
    void hold(ByteBuf in, int n) {
        if (body.isCollecting()) {
            body.accept(in, n, loop.allocator());
            return;
        }
        ByteBuf holding = kept;
        if (holding == null) {
            holding = loop.allocator().buffer(n);
            kept = holding;
        }
        holding.writeBytes(in, n);
    }

    /// All of it is here, and the head is not sent yet.
    void holdEnd(@Nullable Trailers with) {
        over = true;
        trailers = with;
        if (body.isCollecting()) {
            body.end(loop.allocator());
        }
    }

    /// Somebody wants the body whole: what was kept is the beginning of it.
    void gatherKept() {
        ByteBuf holding = kept;
        kept = null;
        if (holding != null) {
            body.accept(holding, holding.readableBytes(), loop.allocator());
            holding.release();
        }
        if (over && body.isCollecting()) {
            body.end(loop.allocator());
        }
    }

    // ── out
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Sends the head, with the fields the gateway sets unless a policy has.
    ///
    /// @param bodyAtHand how many octets of a service's body follow at once
    void sendHead(ClientStream to, byte[] requestId, int bodyAtHand) {
        byte[] whole = whole();
        boolean changed = made != null || isTouched();
        int atHand = whole == null ? bodyAtHand : whole.length;
        // Trailers have their place behind a body whose length is not told (RFC 9112 §7.1.2).
        boolean trailed = trailers != null && !trailers.isEmpty();
        long length = whole == null ? (changed ? -1 : head.contentLength()) : trailed ? -1 : whole.length;
        if (whole != null) {
            hasBody = !toHead && head.status() != 204 && head.status() != 304 && whole.length > 0;
        }
        if (made != null && whole != null && head.contentLength() == whole.length) {
            changed = false;
        }
        if (changed) {
            head.dropAll(KnownField.CONTENT_LENGTH);
            if (length >= 0 && (made != null || !toHead) && head.status() != 204 && head.status() != 304) {
                edits.add(CONTENT_LENGTH, Long.toString(length).getBytes(US_ASCII));
            }
        }
        if (head.find(KnownField.DATE) < 0 && edits.find(DATE_LOWER) < 0) {
            edits.add(DATE, loop.date().at(System.currentTimeMillis()));
        }
        if (edits.find(REQUEST_ID_LOWER) < 0) {
            edits.add(REQUEST_ID, requestId);
        }
        sent = true;
        open = hasBody && length < 0;
        to.sendHead(head, edits, hasBody, length, hasBody ? atHand : 0, made != null);
    }

    /// Sends what is here of the body.
    ///
    /// @return how many octets
    int sendHeld(ClientStream to) {
        byte[] whole = whole();
        if (!hasBody) {
            dropKept();
            return 0;
        }
        if (whole != null) {
            dropKept();
            if (whole.length > 0) {
                to.sendBody(Unpooled.wrappedBuffer(whole), whole.length);
            }
            return whole.length;
        }
        byte[] first = body.takeAhead();
        int octets = first == null ? 0 : first.length;
        if (first != null) {
            to.sendBody(Unpooled.wrappedBuffer(first), first.length);
        }
        ByteBuf holding = kept;
        kept = null;
        if (holding != null) {
            try {
                octets += sendBody(to, holding, holding.readableBytes());
            } finally {
                holding.release();
            }
        }
        return octets;
    }

    /// Sends the next `n` octets of `in`, as policies change them; they are taken.
    ///
    /// @return how many octets became of them
    int sendBody(ClientStream to, ByteBuf in, int n) {
        if (!isTouched()) {
            to.sendBody(in, n);
            return n;
        }
        return sendMade(to, body.accept(in, n, loop.allocator()));
    }

    /// Sends what policies had kept of the body, and ends the answer.
    ///
    /// @return how many octets that was
    int sendEnd(ClientStream to, @Nullable Trailers with) {
        int octets = isTouched() && made == null && hasBody ? sendMade(to, body.end(loop.allocator())) : 0;
        to.sendEnd(with);
        return octets;
    }

    private boolean isTouched() {
        return body.isTouched() && !tunnel;
    }

    /// The trailers of an answer that was held to its end.
    @Nullable
    Trailers trailers() {
        return trailers;
    }

    private static int sendMade(ClientStream to, @Nullable ByteBuf octets) {
        if (octets == null) {
            return 0;
        }
        try {
            int length = octets.readableBytes();
            if (length > 0) {
                to.sendBody(octets, length);
            }
            return length;
        } finally {
            octets.release();
        }
    }

    private byte @Nullable [] whole() {
        Response own = made;
        if (own == null) {
            return tunnel ? null : body.whole();
        }
        return own.body() instanceof Body.Bytes bytes ? bytes.octets() : null;
    }

    /// Forgets the exchange.
    void clear() {
        dropKept();
        made = null;
        sent = false;
        tunnel = false;
        open = false;
        over = false;
        trailers = null;
        head.reset();
        body.clear();
    }

    private void dropKept() {
        ByteBuf holding = kept;
        kept = null;
        if (holding != null) {
            holding.release();
        }
    }
}
