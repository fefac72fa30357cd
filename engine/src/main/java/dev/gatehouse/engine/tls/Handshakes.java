package dev.gatehouse.engine.tls;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// How the handshakes of one listener went since it was opened. Counted on all loops, read by whoever asks.
public final class Handshakes {
    private static final int VERSIONS = 2;

    private final LongAdder[] full = adders(VERSIONS);
    private final LongAdder[] resumed = adders(VERSIONS);
    private final Map<HandshakeFailure, LongAdder> failed = new EnumMap<>(HandshakeFailure.class);

    Handshakes() {
        for (HandshakeFailure why : HandshakeFailure.values()) {
            failed.put(why, new LongAdder());
        }
    }

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
        of(why).increment();
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
        return of(why).sum();
    }

    private LongAdder of(HandshakeFailure why) {
        return Objects.requireNonNull(failed.get(why));
    }

    private static int index(String protocol) {
        return protocol.equals("TLSv1.3") ? 1 : 0;
    }
}
