package dev.gatehouse.engine.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.exchange.ClientStream;
import dev.gatehouse.engine.exchange.ExchangeDriver;
import dev.gatehouse.engine.http2.HeaderList;
import dev.gatehouse.engine.http2.Http2Error;
import dev.gatehouse.engine.http2.Http2Session;
import dev.gatehouse.engine.http2.Http2Stream;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.http1.FieldBlock;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// One request of a client over HTTP/2, and its exchange. A client that resets the stream leaves this exchange
/// only; an answer that cannot be completed is reset, so that nobody takes it for whole. On the connection's
/// loop only.
final class Http2ServerStream extends Http2Stream implements ClientStream {
    private static final byte[] ACCEPT = "sec-websocket-accept".getBytes(US_ASCII);
    private static final int ACCEPT_HASH = FieldBlock.hash(ACCEPT);

    private final Http2Session session;
    private final Loop loop;
    private final ListenerRules rules;
    private final Peer peer;

    private @Nullable ExchangeDriver exchange;

    /// An exchange that begins with the end of the batch: one that is reset within it has cost a head, and neither
    /// policies nor services have heard of it (CVE-2023-44487).
    private @Nullable ExchangeDriver next;

    private @Nullable Deadline rate;
    private boolean tunnel;
    private boolean draining;
    private boolean wanted;
    private boolean awaitsContinue;

    /// What has come within the window that ends at [#rate].
    private long windowBytes;

    Http2ServerStream(Http2Session session, Loop loop, ListenerRules rules, Peer peer) {
        super(session);
        this.session = session;
        this.loop = loop;
        this.rules = rules;
        this.peer = peer;
    }

    // ── from the client
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    protected void onHead(HeaderList list, boolean end) {
        ExchangeDriver driver = rules.exchanges().open();
        ParsedRequest request = driver.requestSlices();
        request.cameByHttp2();
        Progress progress = list.parse(request, rules.headLimits());
        if (progress != Progress.COMPLETE) {
            exchange = driver;
            HeadFault fault = request.fault();
            driver.refuse(this, peer, fault == null ? HeadFault.HEAD_TOO_LARGE : fault);
            return;
        }
        if (!announce(request.contentLength())) {
            driver.abandon();
            return;
        }
        awaitsContinue = request.expectsContinue() && request.hasBody();
        next = driver;
    }

    @Override
    protected void onData(ByteBuf in, int n) {
        ExchangeDriver driver = exchange;
        if (driver == null) {
            in.skipBytes(n);
        } else if (tunnel) {
            driver.onTunnelOctets(in, n);
        } else {
            continued();
            windowBytes += n;
            if (driver.isRequestWhole()) {
                in.skipBytes(n);
            } else {
                driver.onBody(in, n);
            }
        }
    }

    @Override
    protected void onEnd(@Nullable Trailers trailers) {
        ExchangeDriver driver = exchange;
        if (driver == null) {
            return;
        }
        if (tunnel) {
            driver.onClientLeft();
        } else if (!driver.isRequestWhole()) {
            disarm();
            driver.onBodyEnd(trailers);
        }
    }

    @Override
    protected void onBatch() {
        ExchangeDriver ready = next;
        if (ready != null) {
            next = null;
            exchange = ready;
            ready.begin(this, peer);
        }
        ExchangeDriver driver = exchange;
        if (driver != null) {
            driver.onBatch();
        }
    }

    @Override
    protected void onWritable() {
        ExchangeDriver driver = exchange;
        if (driver != null) {
            driver.onWritable(true);
        }
    }

    @Override
    protected void onReset(Http2Error error, boolean byPeer) {
        onGone();
    }

    @Override
    protected void onGone() {
        ExchangeDriver never = next;
        if (never != null) {
            next = null;
            never.abandon();
        }
        ExchangeDriver driver = exchange;
        if (driver != null) {
            driver.onClientLeft();
        }
    }

    // ── from the exchange
    // ────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void sendInterim(ParsedResponse head) {
        super.sendInterim(head);
        if (head.status() == 100) {
            continued();
        }
    }

    @Override
    public void sendHead(
            ParsedResponse head, FieldEdits fields, boolean hasBody, long length, int bodyAtHand, boolean whole) {
        if (head.status() == 204) {
            head.dropAll(KnownField.CONTENT_LENGTH);
        }
        if (head.status() != 101) {
            sendResponse(head.status(), fields);
            return;
        }
        // The upgrade that an extended CONNECT stands for has succeeded (RFC 8441 §5).
        int proof = head.find(ACCEPT, ACCEPT_HASH, 0);
        if (proof >= 0) {
            head.drop(proof, true);
        }
        tunnel = true;
        sendResponse(200, fields);
        readBody(true);
        if (draining && exchange != null) {
            exchange.onDrain();
        }
    }

    @Override
    public void sendBody(ByteBuf in, int n) {
        sendData(in, n);
    }

    @Override
    public void flush() {
        session.flushSoon();
    }

    @Override
    public void readBody(boolean on) {
        if (exchange == null || wanted == on) {
            return;
        }
        wanted = on;
        if (on) {
            watchRate();
        } else {
            disarm();
        }
        read(on);
    }

    @Override
    public void abort() {
        reset(Http2Error.INTERNAL_ERROR);
    }

    @Override
    public void exchangeEnded() {
        exchange = null;
        Deadline watched = rate;
        rate = null;
        if (watched != null) {
            watched.close();
        }
        if (tunnel) {
            sendEnd(null);
        }
        dismiss();
    }

    // ── moments
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// The connection is to end when its streams have: a tunnel, which has no end of its own, is told.
    void drain() {
        draining = true;
        if (tunnel && exchange != null) {
            exchange.onDrain();
        }
    }

    /// The time is over for what has begun.
    void cutOff() {
        ExchangeDriver driver = exchange;
        if (driver != null) {
            driver.onShutdown();
        }
    }

    /// The client does not wait for 100 any more: it has got it, or did without.
    private void continued() {
        if (awaitsContinue) {
            awaitsContinue = false;
            watchRate();
        }
    }

    private void watchRate() {
        LimitsConfig limits = rules.limits();
        if (!wanted || awaitsContinue || tunnel || limits.bodyRate() == 0 || peerEnded()) {
            return;
        }
        Deadline watched = rate;
        if (watched == null) {
            watched = loop.connections().register(this::onRate);
            rate = watched;
        }
        windowBytes = 0;
        watched.at(loop.recent() + limits.bodyRateWindow().toNanos());
    }

    private void disarm() {
        Deadline watched = rate;
        if (watched != null) {
            watched.disarm();
        }
    }

    /// A window is over. A client that may not send, because others of its streams are not read, is not late.
    private void onRate() {
        ExchangeDriver driver = exchange;
        LimitsConfig limits = rules.limits();
        long least = limits.bodyRate() * limits.bodyRateWindow().toMillis() / 1000;
        loop.now();
        if (driver == null || driver.isRequestWhole()) {
            return;
        }
        if (windowBytes < least && !session.isStalled()) {
            driver.onLateBody();
        } else {
            watchRate();
        }
    }
}
