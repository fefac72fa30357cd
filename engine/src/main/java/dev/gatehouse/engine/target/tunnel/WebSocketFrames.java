package dev.gatehouse.engine.target.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.config.WebSocketConfig;
import dev.gatehouse.engine.telemetry.TunnelSummary.Side;
import dev.gatehouse.http1.FieldBlock;
import dev.gatehouse.http1.ParsedResponse;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The frames of a WebSocket in both directions, and who has said goodbye. Belongs to one [Tunnel].
final class WebSocketFrames {
    private static final byte[] EXTENSIONS = "sec-websocket-extensions".getBytes(US_ASCII);
    private static final int EXTENSIONS_HASH = FieldBlock.hash(EXTENSIONS);

    private final FrameReader fromClient;
    private final FrameReader fromService;
    private boolean clientTold;
    private boolean serviceTold;
    private int closeCode;
    private @Nullable Side closedBy;

    private WebSocketFrames(@Nullable FrameRules rules, long now) {
        fromClient = new FrameReader(true, rules, now);
        fromService = new FrameReader(false, rules, now);
    }

    /// @param config null when they are not to be bounded
    /// @param granted the service's 101
    static WebSocketFrames of(@Nullable WebSocketConfig config, ParsedResponse granted, long now) {
        if (config == null || !config.inspects()) {
            return new WebSocketFrames(null, now);
        }
        boolean extended = granted.find(EXTENSIONS, EXTENSIONS_HASH, 0) >= 0;
        return new WebSocketFrames(FrameRules.of(config, extended), now);
    }

    /// Passes on the next `n` octets of `in`, or what may be passed on of them; all are taken.
    ///
    /// @return what is wrong with them
    @Nullable
    CloseReason read(boolean client, ByteBuf in, int n, FrameReader.Out out, long now) {
        // After a goodbye nothing may follow; what comes is still read for the answer to it.
        boolean told = client ? serviceTold : clientTold;
        FrameReader reader = client ? fromClient : fromService;
        CloseReason wrong = reader.read(in, n, told ? ByteBuf::skipBytes : out, now);
        if (wrong == null && closedBy == null && reader.closeCode() != 0) {
            closedBy = client ? Side.CLIENT : Side.SERVICE;
            closeCode = reader.closeCode();
        }
        return wrong;
    }

    /// How many frames have been passed on.
    long count(boolean client) {
        return (client ? fromClient : fromService).frames();
    }

    // ── goodbye
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Whether a Close frame can be sent to this side now: not yet sent, and no other frame is on its way there.
    boolean maySay(Side to) {
        FrameReader before = to == Side.CLIENT ? fromService : fromClient;
        return !isTold(to) && before.isBetweenFrames();
    }

    /// The frame for this side; from here on nothing else goes there.
    ///
    /// @param mask left to chance, for frames to a service
    byte[] goodbye(Side to, CloseReason why, int mask) {
        if (closedBy == null) {
            closedBy = Side.GATEWAY;
            closeCode = why.code();
        }
        if (to == Side.CLIENT) {
            clientTold = true;
            return CloseFrame.toClient(why);
        }
        serviceTold = true;
        return CloseFrame.toService(why, mask);
    }

    /// Whether this side has been sent a Close frame, by whomever.
    boolean isTold(Side side) {
        return side == Side.CLIENT ? clientTold || fromService.isClosed() : serviceTold || fromClient.isClosed();
    }

    /// Whether both sides have said goodbye.
    boolean isDone(boolean serviceGone) {
        return isTold(Side.CLIENT) && fromClient.isClosed() && (serviceGone || fromService.isClosed());
    }

    /// Whether what passes is not WebSocket, so that no frame of the gateway's own can be put in.
    boolean isLost() {
        return fromClient.isLost() || fromService.isLost();
    }

    /// Whether the answer of one side to a Close frame would not be understood.
    boolean isDeaf() {
        return fromClient.isDeaf() || fromService.isDeaf();
    }

    int closeCode() {
        return closedBy == null ? CloseCode.ABNORMAL : closeCode;
    }

    @Nullable
    Side closedBy() {
        return closedBy;
    }
}
