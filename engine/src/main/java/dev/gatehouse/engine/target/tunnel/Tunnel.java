package dev.gatehouse.engine.target.tunnel;

import dev.gatehouse.engine.config.WebSocketConfig;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.connection.ServiceConnection;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.telemetry.TunnelCounter;
import dev.gatehouse.engine.telemetry.TunnelSummary;
import dev.gatehouse.http1.ParsedResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The octets of another protocol between a client and a service, after a 101. Made for one exchange, on its loop;
/// whoever made it passes on what it hears from both sides.
///
/// ```
/// open ─┬─► one side leaves ─────────────────────────────────────────────────────────────► over
///       └─► close(reason) ─► Close frames, each where a frame ends ─► both have answered, or 5 s ─► over
/// ```
///
/// Of other protocols than WebSocket nobody knows how they say goodbye: they are closed without.
public final class Tunnel implements TunnelSummary {
    /// How long both sides have to finish the frame they are in, and to answer a Close frame.
    private static final long CLOSE_TIME = TimeUnit.SECONDS.toNanos(5);

    /// The same when an answer would not be understood.
    private static final long DEAF_CLOSE_TIME = TimeUnit.SECONDS.toNanos(1);

    /// Whoever made a tunnel.
    public interface Owner {
        Loop loop();

        /// Its own, which it lends until the tunnel is over.
        Deadline deadline();

        RandomGenerator chance();

        /// The tunnel has come to an end of its own: both sides are to be let go.
        ///
        /// @param silent whether it was idle, and nobody could be told
        void tunnelOver(boolean silent);
    }

    private final Owner owner;
    private final TargetClient client;
    private final ServiceConnection service;
    private final Loop loop;
    private final Deadline deadline;
    private final TunnelRules rules;
    private final String protocol;
    private final long idleNanos;
    private final @Nullable WebSocketFrames frames;
    private final FrameReader.Out toClient;
    private final FrameReader.Out toService;

    private TunnelCounter counter = TunnelCounter.NONE;
    private long lastProgress;
    private boolean ends;
    private long endsAt;
    private CloseReason endsFor = CloseReason.LIFETIME;
    private @Nullable CloseReason closing;
    private long closesAt;
    private boolean serviceGone;
    private boolean over;

    /// @param upgrade what the client wished
    /// @param granted the service's 101
    /// @param idle of the route, for protocols that have no time of their own
    public Tunnel(
            Owner owner,
            TargetClient client,
            ServiceConnection service,
            Upgrade upgrade,
            ParsedResponse granted,
            Duration idle) {
        this.owner = owner;
        this.client = client;
        this.service = service;
        this.loop = owner.loop();
        this.deadline = owner.deadline();
        this.rules = upgrade.rules();
        this.protocol = upgrade.protocol();
        this.lastProgress = loop.recent();
        this.frames = protocol.equals(WEBSOCKET) ? WebSocketFrames.of(rules.websocket(), granted, lastProgress) : null;
        WebSocketConfig bounds = frames == null ? null : rules.websocket();
        this.idleNanos = (bounds == null ? idle : bounds.idleTimeout()).toNanos();
        this.toClient = client::answerBody;
        this.toService = service::sendBody;
        Duration lifetime = bounds == null ? null : bounds.maxLifetime();
        if (lifetime != null) {
            endBy(lastProgress + lifetime.toNanos(), CloseReason.LIFETIME);
        }
        arm();
    }

    // ── from the client
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    /// The next `n` octets of `in` are the client's; they are taken.
    public void fromClient(ByteBuf in, int n) {
        pass(true, in, n);
        if (!service.isWritable()) {
            service.flush();
            if (!service.isWritable() && !isClosing()) {
                client.readRequestBody(false);
            }
        }
    }

    public void clientBatch() {
        service.flush();
    }

    /// The client reads again, or has stopped reading.
    public void clientWritable(boolean writable) {
        service.read(writable || isClosing());
    }

    // ── from the service
    // ─────────────────────────────────────────────────────────────────────────────────────────────

    /// The next `n` octets of `in` are the service's; they are taken.
    public void fromService(ByteBuf in, int n) {
        pass(false, in, n);
        if (!over && !client.isClientWritable() && !isClosing()) {
            service.read(false);
            client.answerBatch();
        }
    }

    public void serviceBatch() {
        client.answerBatch();
    }

    /// The service reads again, or has stopped reading.
    public void serviceWritable(boolean writable) {
        if (writable) {
            client.readRequestBody(true);
        }
    }

    /// The service has closed its connection.
    ///
    /// @return whether the client is still to answer the Close frame it was sent: then the tunnel ends by itself
    public boolean serviceLeft() {
        serviceGone = true;
        return isClosing() && frames != null && frames.isTold(Side.CLIENT) && !frames.isDone(true);
    }

    /// The client is gone, or the exchange was cut off.
    public void cancel() {
        over = true;
    }

    private void pass(boolean fromClient, ByteBuf in, int n) {
        lastProgress = loop.recent();
        FrameReader.Out out = fromClient ? toService : toClient;
        WebSocketFrames known = frames;
        if (known == null) {
            out.pass(in, n);
            counter.passed(fromClient, 0, n);
            return;
        }
        long before = known.count(fromClient);
        CloseReason wrong = known.read(fromClient, in, n, out, lastProgress);
        counter.passed(fromClient, known.count(fromClient) - before, n);
        if (wrong != null && closing == null) {
            close(wrong);
        } else if (isClosing()) {
            sayGoodbye(known);
        }
    }

    // ── the end
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// The gateway shuts down: WebSockets are closed one by one in the first half of the time that is left, so that
    /// their clients do not all come to the next gateway at once. Others are cut off at its end.
    public void drain() {
        if (frames != null) {
            endBy(loop.now() + chance(rules.drainTime().toNanos() / 2), CloseReason.SHUTDOWN);
            arm();
        }
    }

    /// The configuration it began on was replaced: it may go on for a while, and ends in the last quarter of that.
    public void outlive() {
        long most = rules.replacedTime().toNanos();
        endBy(loop.now() + most - chance(most / 4), CloseReason.REPLACED);
        arm();
    }

    private long chance(long below) {
        return below <= 0 ? 0 : owner.chance().nextLong(below);
    }

    /// The earliest end counts.
    private void endBy(long at, CloseReason why) {
        if (!ends || at - endsAt < 0) {
            ends = true;
            endsAt = at;
            endsFor = why;
        }
    }

    /// The deadline that was lent has come.
    public void onDeadline() {
        long now = loop.now();
        if (isClosing()) {
            if (now - closesAt >= 0) {
                finish(closing == CloseReason.IDLE && (frames == null || !frames.isTold(Side.CLIENT)));
                return;
            }
        } else if (ends && now - endsAt >= 0) {
            close(endsFor);
        } else if (now - lastProgress - idleNanos >= 0) {
            close(CloseReason.IDLE);
        }
        if (!over) {
            arm();
        }
    }

    private void arm() {
        long next = lastProgress + idleNanos;
        if (isClosing()) {
            next = closesAt;
        } else if (ends && endsAt - next < 0) {
            next = endsAt;
        }
        deadline.at(next);
    }

    private boolean isClosing() {
        return closing != null;
    }

    private void close(CloseReason why) {
        closing = why;
        WebSocketFrames known = frames;
        if (known == null || known.isLost()) {
            finish(why == CloseReason.IDLE);
            return;
        }
        closesAt = loop.now() + (known.isDeaf() ? DEAF_CLOSE_TIME : CLOSE_TIME);
        arm();
        // What is still to come is the rest of a frame, or the answer to a Close frame: it must not be held up.
        client.readRequestBody(true);
        service.read(true);
        sayGoodbye(known);
    }

    private void sayGoodbye(WebSocketFrames known) {
        CloseReason why = closing;
        if (why == null || over) {
            return;
        }
        if (known.maySay(Side.CLIENT)) {
            say(known.goodbye(Side.CLIENT, why, 0), toClient);
            client.answerBatch();
        }
        if (!serviceGone && known.maySay(Side.SERVICE)) {
            say(known.goodbye(Side.SERVICE, why, owner.chance().nextInt()), toService);
            service.flush();
        }
        if (known.isDone(serviceGone)) {
            finish(false);
        }
    }

    private static void say(byte[] frame, FrameReader.Out out) {
        out.pass(Unpooled.wrappedBuffer(frame), frame.length);
    }

    private void finish(boolean silent) {
        over = true;
        owner.tunnelOver(silent);
    }

    // ── what is known of it
    // ──────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public int closeCode() {
        return frames == null ? 0 : frames.closeCode();
    }

    @Override
    public @Nullable Side closedBy() {
        return frames == null ? null : frames.closedBy();
    }

    @Override
    public void countIn(TunnelCounter now) {
        counter = now;
    }
}
