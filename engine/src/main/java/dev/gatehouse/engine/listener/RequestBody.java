package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.exchange.ExchangeDriver;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.http1.BodyReader;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.ParsedRequest;
import io.netty.buffer.ByteBuf;

/// The body of the request that a client's connection is serving: where it ends, whether somebody wants it, and
/// whether it comes fast enough while somebody does. Used again for each request. On the connection's loop only.
final class RequestBody {
    /// A rest of a request up to this size is read so that the connection can live on.
    private static final long DISCARDED = 64 << 10;

    private final BodyReader reader = new BodyReader();
    private final Loop loop;
    private final LimitsConfig limits;
    private final Deadline deadline;

    private boolean wanted;

    /// The client waits for 100, or for us to lose patience, before it sends anything (RFC 9110 §10.1.1).
    private boolean awaitsContinue;

    /// What has come within the window that ends at [#deadline].
    private long windowBytes;

    /// @param deadline the connection's, which is the body's as long as somebody wants it
    RequestBody(Loop loop, LimitsConfig limits, Deadline deadline) {
        this.loop = loop;
        this.limits = limits;
        this.deadline = deadline;
    }

    /// What comes next is the body of `request`. Nobody wants it yet.
    void begin(ParsedRequest request) {
        wanted = false;
        awaitsContinue = request.expectsContinue() && request.hasBody();
        if (request.isChunked()) {
            reader.startChunked();
        } else {
            reader.startLength(Math.max(request.contentLength(), 0));
        }
    }

    /// What comes next is no body, or none of HTTP/1.1.
    void beginNone() {
        reader.startEmpty();
    }

    boolean wanted() {
        return wanted;
    }

    /// Somebody wants it, or a pause in it.
    void want(boolean on) {
        wanted = on;
        if (on) {
            watchRate();
        } else {
            deadline.disarm();
        }
    }

    /// Tells `driver` what is next in `in`, if it is wanted: octets, the end, or that the framing is broken.
    ///
    /// @return whether it has told something, and there may be more
    boolean passOn(ByteBuf in, ExchangeDriver driver) {
        if (!wanted || driver.isRequestWhole()) {
            return false;
        }
        int n = reader.next(in);
        if (n == BodyReader.NEED_MORE) {
            return false;
        }
        if (n > 0) {
            continued();
            windowBytes += n;
            driver.onBody(in, n);
        } else if (n == BodyReader.END) {
            deadline.disarm();
            driver.onBodyEnd(reader.trailers());
        } else {
            in.skipBytes(in.readableBytes());
            HeadFault fault = reader.fault();
            driver.onBrokenBody(fault == null ? HeadFault.CHUNK_INVALID : fault);
        }
        return true;
    }

    /// Reads what is left of it for nobody, as far as it is in `in`.
    void discard(ByteBuf in) {
        int n = reader.next(in);
        while (n > 0) {
            in.skipBytes(n);
            n = reader.next(in);
        }
    }

    /// The client does not wait for 100 any more: it has got it, or did without.
    void continued() {
        if (awaitsContinue) {
            awaitsContinue = false;
            watchRate();
        }
    }

    /// Whether all of it has come.
    boolean ended() {
        return reader.ended();
    }

    /// Whether what is left of it is known, little, and will come.
    boolean hasSmallRest() {
        return !awaitsContinue && reader.remaining() >= 0 && reader.remaining() <= DISCARDED;
    }

    /// At the [deadline][#deadline]: whether too little has come. Otherwise the next window begins.
    boolean isLate() {
        long least = limits.bodyRate() * limits.bodyRateWindow().toMillis() / 1000;
        if (windowBytes < least) {
            return true;
        }
        watchRate();
        return false;
    }

    private void watchRate() {
        if (wanted && !awaitsContinue && limits.bodyRate() > 0 && !reader.ended()) {
            windowBytes = 0;
            deadline.at(loop.now() + limits.bodyRateWindow().toNanos());
        }
    }
}
