package dev.gatehouse.engine.tls;

import java.util.concurrent.atomic.LongAdder;

/// How the handshakes of one listener went since it was opened. Counted on all loops, read by whoever asks.
public final class Handshakes {
    private static final int VERSIONS = 2;

    private final LongAdder[] full = adders(VERSIONS);
    private final LongAdder[] resumed = adders(VERSIONS);
    private final LongAdder[] failed = adders(HandshakeFailure.values().length);

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    void completed(String protocol, boolean again) {
        (again ? resumed : full)[index(protocol)].increment();
    }

    void failed(HandshakeFailure why) {
        failed[why.ordinal()].increment();
    }

    /// Whole handshakes.
    ///
    /// @param protocol `TLSv1.2` or `TLSv1.3`
    public long full(String protocol) {
        return full[index(protocol)].sum();
    }

    /// Those of clients that came back with a ticket.
    public long resumed(String protocol) {
        return resumed[index(protocol)].sum();
    }

    public long failures(HandshakeFailure why) {
        return failed[why.ordinal()].sum();
    }

    private static int index(String protocol) {
        return protocol.equals("TLSv1.3") ? 1 : 0;
    }
}
