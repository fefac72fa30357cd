package dev.gatehouse.engine.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.net.ExchangeIds;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.target.tcp.TcpCall;
import dev.gatehouse.engine.telemetry.TcpEnding;
import dev.gatehouse.engine.telemetry.TcpSummary;
import dev.gatehouse.engine.telemetry.TcpTallies;
import dev.gatehouse.engine.telemetry.TcpTally;
import dev.gatehouse.engine.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;

/// What is known of one connection that is passed on, from when it was accepted to its summary. On its loop only.
final class TcpRecord {
    private final Loop loop;
    private final Telemetry telemetry;
    private final String listener;
    private final Peer peer;
    private final long startedMillis = System.currentTimeMillis();
    private final long started;
    private boolean tls;
    private @Nullable String host;
    private @Nullable String service;
    private @Nullable TcpTally tally;
    private long bytesIn;
    private long bytesOut;

    TcpRecord(Loop loop, Telemetry telemetry, String listener, Peer peer) {
        this.loop = loop;
        this.telemetry = telemetry;
        this.listener = listener;
        this.peer = peer;
        this.started = loop.recent();
    }

    Peer peer() {
        return peer;
    }

    /// TLS is spoken.
    ///
    /// @param serverName whom the client named; null when it named nobody
    void secured(@Nullable String serverName) {
        tls = true;
        host = serverName;
    }

    /// A service was found for it.
    void sentTo(String name) {
        service = name;
        counted(name);
    }

    private TcpTally counted(String name) {
        TcpTally fresh = telemetry.tcp().of(listener, name);
        tally = fresh;
        fresh.begun();
        return fresh;
    }

    void fromClient(int octets) {
        bytesIn += octets;
        if (tally != null) {
            tally.fromClient(octets);
        }
    }

    void fromService(int octets) {
        bytesOut += octets;
        if (tally != null) {
            tally.fromService(octets);
        }
    }

    /// @param call null when it came to none
    void ended(TcpEnding how, @Nullable TcpCall call) {
        TcpTally counted = tally == null ? counted(TcpTallies.NONE) : tally;
        counted.ended(how);
        byte[] id = new byte[ExchangeIds.UUID_LENGTH];
        loop.ids().uuid(id, 0, startedMillis);
        telemetry
                .on(loop.index())
                .ended(new TcpSummary(
                        new String(id, US_ASCII),
                        listener,
                        tls ? "tls" : "tcp",
                        host,
                        peer.address(),
                        service,
                        call == null || call.instance() == null
                                ? null
                                : call.instance().name(),
                        call == null ? 0 : call.tries(),
                        bytesIn,
                        bytesOut,
                        startedMillis,
                        loop.recent() - started,
                        how));
    }
}
