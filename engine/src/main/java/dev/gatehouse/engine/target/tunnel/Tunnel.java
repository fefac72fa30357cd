package dev.gatehouse.engine.target.tunnel;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.connection.ServiceConnection;
import dev.gatehouse.engine.target.TargetClient;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The octets of another protocol between a client and a service, after a 101. Made for one exchange, on its loop;
/// whoever made it passes on what it hears from both sides, and ends it.
public final class Tunnel {
    /// Whoever made a tunnel.
    public interface Owner {
        /// It has come to an end of its own: both sides are to be let go. Nothing may be asked of it after this.
        ///
        /// @param why null when both sides were told in the words of their protocol
        void tunnelOver(@Nullable Failure why);
    }

    private final Owner owner;
    private final TargetClient client;
    private final ServiceConnection service;
    private final Loop loop;
    private final Deadline deadline;
    private final long idleNanos;
    private final Failure idle;
    private long lastProgress;

    /// @param deadline the owner's, lent until the end
    /// @param idleTime without an octet in either direction
    /// @param idle what is to be said after that time
    public Tunnel(
            Owner owner,
            TargetClient client,
            ServiceConnection service,
            Loop loop,
            Deadline deadline,
            Duration idleTime,
            Failure idle) {
        this.owner = owner;
        this.client = client;
        this.service = service;
        this.loop = loop;
        this.deadline = deadline;
        this.idleNanos = idleTime.toNanos();
        this.idle = idle;
        moved();
        deadline.at(lastProgress + idleNanos);
    }

    // ── from the client
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    /// The next `n` octets of `in` are the client's; they are taken.
    public void fromClient(ByteBuf in, int n) {
        moved();
        service.sendBody(in, n);
        if (!service.isWritable()) {
            service.flush();
            if (!service.isWritable()) {
                client.readRequestBody(false);
            }
        }
    }

    public void clientBatch() {
        service.flush();
    }

    /// The client reads again, or has stopped reading.
    public void clientWritable(boolean writable) {
        service.read(writable);
    }

    // ── from the service
    // ─────────────────────────────────────────────────────────────────────────────────────────────

    /// The next `n` octets of `in` are the service's; they are taken.
    public void fromService(ByteBuf in, int n) {
        moved();
        client.answerBody(in, n);
        if (!client.isClientWritable()) {
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

    // ── moments
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    private void moved() {
        lastProgress = loop.recent();
    }

    /// The deadline that was lent has come.
    public void onDeadline() {
        long idleUntil = lastProgress + idleNanos;
        if (loop.now() - idleUntil < 0) {
            deadline.at(idleUntil);
        } else {
            owner.tunnelOver(idle);
        }
    }
}
