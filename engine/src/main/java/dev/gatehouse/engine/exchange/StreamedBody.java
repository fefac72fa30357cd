package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.BodyTooLargeException;
import dev.gatehouse.api.ChunkTransform;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One body on its way through an exchange. Mostly nobody asks for it and its octets pass beside this object; else:
///
/// ```
/// accept ─► transforms ─┬─► passed on at once                       map
///                       └─► gathered ─┬─► whole ─► passed on        collect, replace
///                                     └─► ahead ─► passed on first  too long to be gathered: it streams after all
/// ```
///
/// Used again by the next exchange, on its event loop only.
final class StreamedBody implements Body {
    private static final byte[] NOTHING = new byte[0];

    private final List<Link> links = new ArrayList<>(2);
    private final Runnable onCollect;
    private long declared;
    private long limit;
    private boolean quiet;
    private @Nullable CompletableFuture<byte[]> collecting;
    private int collectLimit;
    private byte[] gathered = NOTHING;
    private int gatheredLength;
    private byte @Nullable [] whole;

    /// The beginning of a body that was too long to be gathered, and whatever came since; passed on before the
    /// rest.
    private byte @Nullable [] ahead;

    /// Whether anything but the length and the limit is to be forgotten: for most bodies nothing is.
    private boolean touched;
    private @Nullable ByteBuf out;

    /// A transform and where what it makes goes: to the next one, or out.
    private final class Link implements ChunkTransform.Sink {
        private final ChunkTransform transform;
        private final int index;

        private Link(ChunkTransform transform, int index) {
            this.transform = transform;
            this.index = index;
        }

        @Override
        public void write(ByteBuffer chunk) {
            if (chunk.hasRemaining()) {
                put(chunk, index + 1);
            }
        }
    }

    /// @param onCollect called when somebody wants to have it whole
    StreamedBody(Runnable onCollect) {
        this.onCollect = onCollect;
    }

    /// A new body.
    ///
    /// @param length in octets, 0 for none, -1 when it is not known
    void begin(long length) {
        declared = length;
        limit = Long.MAX_VALUE;
        quiet = false;
        clear();
    }

    /// Forgets what was asked for.
    void clear() {
        if (touched) {
            touched = false;
            links.clear();
            collecting = null;
            gathered = NOTHING;
            gatheredLength = 0;
            whole = null;
            ahead = null;
        }
    }

    /// Whether what is asked for is not done: for policies in shadow mode. They may still gather the body.
    void quiet(boolean on) {
        quiet = on;
    }

    // ── from policies
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public long length() {
        byte[] all = whole;
        if (all != null) {
            return all.length;
        }
        return links.isEmpty() ? declared : -1;
    }

    @Override
    public void map(ChunkTransform transform) {
        if (quiet) {
            return;
        }
        byte[] all = whole;
        if (all != null) {
            Bytes bytes = new Bytes(all);
            bytes.map(transform);
            whole = bytes.octets();
        } else if (declared != 0) {
            touched = true;
            Link link = new Link(transform, links.size());
            links.add(link);
            byte[] passed = ahead;
            if (passed != null) {
                ahead = NOTHING;
                put(ByteBuffer.wrap(passed), link.index);
            }
        }
    }

    @Override
    public CompletionStage<byte[]> collect(int most) {
        byte[] all = whole;
        if (all == null && declared == 0) {
            all = NOTHING;
        }
        if (all != null) {
            return all.length <= most
                    ? CompletableFuture.completedStage(all)
                    : CompletableFuture.failedStage(new BodyTooLargeException(most));
        }
        byte[] passed = ahead;
        if ((links.isEmpty() && declared > most) || (passed != null && passed.length > most)) {
            return CompletableFuture.failedStage(new BodyTooLargeException(most));
        }
        CompletableFuture<byte[]> known = collecting;
        if (known == null) {
            known = new CompletableFuture<>();
            touched = true;
            collecting = known;
            collectLimit = most;
            if (passed != null) {
                gathered = passed;
                gatheredLength = passed.length;
                ahead = null;
            }
            onCollect.run();
        }
        return known;
    }

    @Override
    public void limit(long octets) {
        if (!quiet) {
            limit = Math.min(limit, octets);
        }
    }

    @Override
    public void replace(byte[] octets) {
        if (!quiet) {
            touched = true;
            links.clear();
            whole = octets;
            ahead = null;
        }
    }

    // ── from the exchange
    // ────────────────────────────────────────────────────────────────────────────────────────────

    /// How many octets may come.
    long limit() {
        return limit;
    }

    /// Whether anybody asked for it: else its octets need not come here.
    boolean isTouched() {
        return touched;
    }

    /// Whether somebody waits for all of it.
    boolean isCollecting() {
        return collecting != null && whole == null;
    }

    /// Whether something of it is here that is to be passed on before what comes.
    boolean isAhead() {
        return ahead != null;
    }

    /// What is to be passed on before what comes, from now on the caller's business; null for nothing.
    byte @Nullable [] takeAhead() {
        byte[] first = ahead;
        ahead = null;
        return first;
    }

    /// All of it; null unless it was gathered or replaced.
    byte @Nullable [] whole() {
        return whole;
    }

    /// The next `n` octets of `in`; they are taken.
    ///
    /// @return what is to be passed on, to be released by the caller; null for nothing
    @Nullable
    ByteBuf accept(ByteBuf in, int n, ByteBufAllocator allocator) {
        if (whole != null) {
            // Replaced: nobody wants the rest.
            in.skipBytes(n);
            return null;
        }
        ByteBuffer chunk = in.nioBuffer(in.readerIndex(), n).asReadOnlyBuffer();
        in.skipBytes(n);
        out = isKept() ? null : allocator.buffer(n);
        return passed(chunk);
    }

    /// Whether what comes stays here for now.
    private boolean isKept() {
        return isCollecting() || ahead != null;
    }

    private @Nullable ByteBuf passed(@Nullable ByteBuffer chunk) {
        try {
            if (chunk != null) {
                put(chunk, 0);
            } else {
                for (Link link : links) {
                    link.transform.onEnd(link);
                }
            }
            ByteBuf made = out;
            out = null;
            return made;
        } finally {
            ByteBuf left = out;
            out = null;
            if (left != null) {
                left.release();
            }
        }
    }

    /// The body is whole.
    ///
    /// @return what the transforms had kept and is to be passed on, to be released by the caller; null for nothing
    @Nullable
    ByteBuf end(ByteBufAllocator allocator) {
        if (whole != null) {
            return null;
        }
        out = isKept() ? null : allocator.buffer();
        ByteBuf rest = passed(null);
        byte[] kept = ahead;
        if (kept != null) {
            // It ended before anybody wanted to pass it on.
            ahead = null;
            links.clear();
            whole = kept;
            return rest;
        }
        CompletableFuture<byte[]> waiting = collecting;
        if (waiting != null && whole == null) {
            byte[] all = Arrays.copyOf(gathered, gatheredLength);
            gathered = NOTHING;
            links.clear();
            whole = all;
            waiting.complete(all);
        }
        return rest;
    }

    private void put(ByteBuffer chunk, int from) {
        if (from < links.size()) {
            Link link = links.get(from);
            link.transform.onChunk(chunk.isReadOnly() ? chunk : chunk.asReadOnlyBuffer(), link);
            return;
        }
        ByteBuf passing = out;
        if (passing != null) {
            passing.writeBytes(chunk);
        } else {
            gather(chunk);
        }
    }

    private void gather(ByteBuffer chunk) {
        int more = chunk.remaining();
        byte[] first = ahead;
        if (first != null) {
            ahead = Arrays.copyOf(first, first.length + more);
            chunk.get(ahead, first.length, more);
            return;
        }
        CompletableFuture<byte[]> waiting = collecting;
        if (waiting == null || whole != null) {
            return;
        }
        if (gatheredLength + (long) more > collectLimit) {
            byte[] begun = Arrays.copyOf(gathered, gatheredLength + more);
            chunk.get(begun, gatheredLength, more);
            gathered = NOTHING;
            gatheredLength = 0;
            collecting = null;
            ahead = begun;
            waiting.completeExceptionally(new BodyTooLargeException(collectLimit));
            return;
        }
        if (gatheredLength + more > gathered.length) {
            // Grows with what came, not with what a length field announced.
            gathered = Arrays.copyOf(
                    gathered, Math.max(gatheredLength + more, Math.min(collectLimit, gathered.length * 2)));
        }
        chunk.get(gathered, gatheredLength, more);
        gatheredLength += more;
    }
}
