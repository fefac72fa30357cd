package dev.gatehouse.engine.telemetry.metrics;

import dev.gatehouse.engine.telemetry.TunnelCounter;
import dev.gatehouse.engine.telemetry.TunnelSummary;
import dev.gatehouse.engine.telemetry.TunnelSummary.Side;
import org.jspecify.annotations.Nullable;

/// The WebSockets of one route on one loop, counted. Written by the loop's thread only, read from others.
final class LoopWebSockets implements TunnelCounter {
    static final int OPENED = 0;
    static final int ENDED = 1;
    static final int FRAMES_IN = 2;
    static final int FRAMES_OUT = 3;
    static final int BYTES_IN = 4;
    static final int BYTES_OUT = 5;

    private static final int NOBODY = 0;
    private static final int CLIENT = 1;
    private static final int SERVICE = 2;
    private static final int GATEWAY = 3;
    private static final int BY_BITS = 2;

    /// Codes that mean something to everybody (RFC 6455 §7.4.1 and what IANA has added).
    private static final int FIRST_CODE = 1000;

    private static final int LAST_CODE = 1015;

    final Cells cells = new Cells(6);

    /// By [#key].
    final KeyedCounts closed = new KeyedCounts();

    void began() {
        cells.add(OPENED, 1);
    }

    @Override
    public void passed(boolean fromClient, long frames, long octets) {
        cells.add(fromClient ? FRAMES_IN : FRAMES_OUT, frames);
        cells.add(fromClient ? BYTES_IN : BYTES_OUT, octets);
    }

    void ended(TunnelSummary one) {
        closed.add(key(one.closeCode(), one.closedBy()));
        cells.add(ENDED, 1);
    }

    private static int key(int code, @Nullable Side by) {
        int who = switch (by) {
            case null -> NOBODY;
            case CLIENT -> CLIENT;
            case SERVICE -> SERVICE;
            case GATEWAY -> GATEWAY;
        };
        return code << BY_BITS | who;
    }

    /// What the label is: everybody may make codes up, so that those are told by their range.
    static String code(int key) {
        int code = key >> BY_BITS;
        if (code >= FIRST_CODE && code <= LAST_CODE) {
            return Integer.toString(code);
        }
        return switch (code / 1000) {
            case 3 -> "3xxx";
            case 4 -> "4xxx";
            default -> "other";
        };
    }

    static String by(int key) {
        return switch (key & (1 << BY_BITS) - 1) {
            case CLIENT -> Side.CLIENT.word();
            case SERVICE -> Side.SERVICE.word();
            case GATEWAY -> Side.GATEWAY.word();
            default -> "nobody";
        };
    }
}
