package dev.gatehouse.engine.http2;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.http1.HeadWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection of HTTP/2, whichever side we are: its streams, what both sides have agreed on, and its end. Whoever
/// owns the socket tells it what comes; it lives as long as the socket is open, on one event loop.
///
/// ```
/// start ─► open ─┬─► retire ─► retireNow ─► the last stream ends ─► closed
///                └─► fail: GOAWAY, our side closed ─► closed
/// ```
public abstract class Http2Session {
    private static final long RETIRING = 0x6761746568L;

    private final ChannelHandlerContext context;
    private final Loop loop;
    final Http2Limits limits;
    private final boolean client;
    final FrameWriter writer;
    final FloodGuard guard;
    final Outgoing outgoing;
    private final Incoming incoming;
    final HeaderListWriter lists = new HeaderListWriter();
    final PeerSettings peer = new PeerSettings();
    private final IntObjectHashMap<Http2Stream> streams = new IntObjectHashMap<>();
    final ClosedStreams closed = new ClosedStreams();

    /// Streams whose peer goes on sending what nobody wants, unless it ends meanwhile.
    private final List<Http2Stream> toReset = new ArrayList<>();

    private int nextStream = 1;
    private int used;
    private boolean open = true;
    private boolean reading;
    private boolean flushing;
    private boolean retiring;
    private boolean retired;
    private boolean peerRetired;

    /// @param client whether we are
    protected Http2Session(
            ChannelHandlerContext context, Loop loop, Http2Limits limits, SharedLists shared, boolean client) {
        this.context = context;
        this.loop = loop;
        this.limits = limits;
        this.client = client;
        this.writer = new FrameWriter(context);
        this.guard = new FloodGuard(limits.abusiveFrames(), loop.recent());
        this.outgoing = new Outgoing(writer, guard, loop.allocator());
        this.incoming = new Incoming(this, shared, loop, client);
    }

    // ── hooks
    // ────────────────────────────────────────────────────────────────────────────────────────────────────────

    /// The peer opens a stream. Never asked of a client.
    protected abstract Http2Stream accept();

    /// The last stream has ended.
    protected abstract void onIdle();

    /// The peer has said what it takes: [#mayOpen] may say something else than before.
    protected abstract void onSettings();

    /// The peer takes no new streams; those it has left out have been reset with REFUSED_STREAM.
    protected abstract void onRetired();

    /// The connection ends, for good or by a failure, of which the streams have been told. Our side is closed when the
    /// last octets have left; the owner closes the rest if the peer does not.
    protected abstract void onEnding(Http2Error error, String why);

    // ── from the socket
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    /// Opens our side: what we take goes out with what follows.
    public final void start() {
        if (client) {
            writer.preface();
        }
        writer.settings(limits.settings(client));
        int more = limits.connectionWindow() - Frame.DEFAULT_WINDOW;
        if (more > 0) {
            writer.windowUpdate(0, more);
        }
        incoming.window(Math.max(limits.connectionWindow(), Frame.DEFAULT_WINDOW));
        flushSoon();
    }

    /// The next octets; they are given away.
    public final void onOctets(ByteBuf in) {
        loop.now();
        reading = true;
        incoming.bring(in);
    }

    /// The socket has no more for now.
    public void onBatch() {
        reading = false;
        incoming.endBatch();
        flush();
    }

    /// The socket takes more again.
    public final void onSocketWritable() {
        loop.now();
        flush();
    }

    /// The socket is gone.
    public void onClosed() {
        open = false;
        incoming.close();
        outgoing.clear();
        writer.drop();
        for (Http2Stream stream : all()) {
            streams.remove(stream.id());
            stream.drop();
            stream.onGone();
        }
    }

    // ── what owners do
    // ───────────────────────────────────────────────────────────────────────────────────────────────

    /// How many streams are open.
    public final int streams() {
        return streams.size();
    }

    public final boolean isOpen() {
        return open;
    }

    /// Whether the peer takes one more stream of ours.
    public final boolean mayOpen() {
        return open && !retiring && !peerRetired && nextStream > 0 && streams.size() < peer.maxStreams;
    }

    /// Whether the peer takes extended CONNECT.
    public final boolean peerTakesExtendedConnect() {
        return peer.extendedConnect;
    }

    /// Opens a stream of ours. Only when [#mayOpen].
    public final void open(Http2Stream stream) {
        stream.opened(nextStream, receiveWindow(), peer.streamWindow);
        streams.put(nextStream, stream);
        nextStream += 2;
        guard.earn();
    }

    /// Whether a frame has begun and not ended, or a header block.
    public final boolean isWithinFrame() {
        return incoming.isWithinFrame();
    }

    /// Whether data waits here that somebody has to want before the peer may send more, on any stream.
    public final boolean isStalled() {
        return incoming.isStalled();
    }

    /// Resets the streams of which nothing has left since the last call, although something waits: the peer does not
    /// take it.
    public final void resetStuck() {
        for (Http2Stream stream : all()) {
            if (stream.isOpen() && stream.isStuck()) {
                stream.reset(Http2Error.CANCEL);
                stream.onReset(Http2Error.CANCEL, false);
            }
        }
    }

    /// Tells the peer to open no more streams, in two steps: what is on its way is still taken (RFC 9113 §6.8). The
    /// second is taken when it has heard of the first, or by [#retireNow].
    public final void retire() {
        if (open && !retiring) {
            retiring = true;
            writer.goAway(Integer.MAX_VALUE, Http2Error.NO_ERROR, "");
            writer.ping(RETIRING, false);
            flushSoon();
        }
    }

    /// Takes no new stream from here on, and closes the connection when the last one has ended.
    public final void retireNow() {
        if (!open || retired) {
            return;
        }
        retiring = true;
        retired = true;
        writer.goAway(incoming.lastStream(), Http2Error.NO_ERROR, "");
        flushSoon();
        if (streams.isEmpty()) {
            end();
        }
    }

    /// Ends the connection for an error of the peer, or one of ours: every stream is told.
    public final void fail(Http2Error error, String why) {
        if (!open) {
            return;
        }
        open = false;
        writer.goAway(incoming.lastStream(), error, why);
        for (Http2Stream stream : all()) {
            streams.remove(stream.id());
            stream.drop();
            stream.onReset(error, false);
        }
        incoming.close();
        outgoing.clear();
        writer.flush();
        SessionEnd.of(context);
        onEnding(error, why);
    }

    /// Closes when the last octets have left.
    private void end() {
        open = false;
        incoming.close();
        writer.flush();
        SessionEnd.of(context);
        onEnding(Http2Error.NO_ERROR, "");
    }

    /// Sends what is written, before long: once for all that happens in this turn of the loop.
    public final void flushSoon() {
        if (!reading && !flushing && open) {
            flushing = true;
            loop.execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        if (!open) {
            return;
        }
        outgoing.pump();
        for (int i = 0; i < toReset.size(); i++) {
            Http2Stream stream = toReset.get(i);
            if (!stream.peerEnded()) {
                stream.reset(Http2Error.NO_ERROR);
            }
        }
        toReset.clear();
        writer.flush();
    }

    // ── for streams and what comes in
    // ────────────────────────────────────────────────────────────────────────────────

    /// A stream of the peer.
    Http2Stream accepted(int id) {
        Http2Stream stream = accept();
        stream.opened(id, receiveWindow(), peer.streamWindow);
        streams.put(id, stream);
        guard.earn();
        return stream;
    }

    /// A peer that has not heard of our window yet takes the usual one.
    private int receiveWindow() {
        return Math.max(limits.streamWindow(), Frame.DEFAULT_WINDOW);
    }

    @Nullable
    Http2Stream stream(int id) {
        return streams.get(id);
    }

    /// The streams that are open now.
    protected final List<Http2Stream> all() {
        return new ArrayList<>(streams.values());
    }

    /// The stream's number means nothing any more.
    void forget(Http2Stream stream, boolean reset) {
        if (streams.remove(stream.id()) == null) {
            return;
        }
        closed.add(stream.id(), reset);
        if (!reset) {
            stream.close();
        }
        if (streams.isEmpty() && open) {
            if (retired) {
                end();
            } else {
                onIdle();
            }
        }
    }

    /// The peer has made a mistake on one stream, which ends.
    ///
    /// @param tell whether the stream has to hear of it
    void wronged(Http2Stream stream, Http2Error error, boolean tell) {
        stream.reset(error);
        if (tell) {
            stream.onReset(error, false);
        }
        incoming.countUseless();
    }

    void resetSoon(Http2Stream stream) {
        toReset.add(stream);
        flushSoon();
    }

    /// So many octets have been taken: the peer may send as many more.
    void used(int octets) {
        used += octets;
        incoming.done(octets);
        if (used >= limits.connectionWindow() / 2 && open) {
            writer.windowUpdate(0, used);
            incoming.widen(used);
            used = 0;
            flushSoon();
        }
    }

    /// The peer has heard that we retire.
    void pong(long content) {
        if (content == RETIRING && retiring) {
            retireNow();
        }
    }

    /// The peer takes no more streams, and has left those out that are behind `last`.
    void peerRetires(int last) {
        peerRetired = true;
        for (Http2Stream stream : all()) {
            if (client && stream.id() > last) {
                peerResets(stream, Http2Error.REFUSED_STREAM);
            }
        }
        onRetired();
    }

    /// The peer ends a stream before its time.
    void peerResets(Http2Stream stream, Http2Error error) {
        forget(stream, false);
        stream.drop();
        stream.onReset(error, true);
    }

    boolean isRetired() {
        return retired;
    }

    int nextStream() {
        return nextStream;
    }

    int streamWindow() {
        return limits.streamWindow();
    }

    ByteBufAllocator allocator() {
        return loop.allocator();
    }

    HeadWriter heads() {
        return loop.heads();
    }
}
