package dev.gatehouse.engine.target.tcp;

import dev.gatehouse.api.template.Facts;
import dev.gatehouse.api.template.Reference;
import dev.gatehouse.engine.net.Joint;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.service.health.AttemptOutcome;
import dev.gatehouse.engine.target.proxy.Attempts;
import dev.gatehouse.engine.target.proxy.ServiceLanes;
import dev.gatehouse.engine.telemetry.TcpEnding;
import org.jspecify.annotations.Nullable;

/// One client's connection on its way to a service: an instance is chosen, and another one when it cannot be reached,
/// until one can; from then on the instance has one more under way, until the connection ends. Takes one of the
/// service's connections, never waits for one. On the connection's loop only.
public final class TcpCall {
    /// Whose connection it is.
    public interface Client {
        /// The joint's other side is there, and waits to be joined.
        void onConnected();

        /// No instance can be reached, or there may be no more connections.
        void onUnreachable(TcpEnding why);
    }

    private static final Reference CLIENT_IP = Reference.fact("client", "ip");

    private final ServiceLanes lanes;
    private final Service service;
    private final Loop loop;
    private final Joint joint;
    private final Client client;
    private final Attempts attempts;
    private @Nullable Instance instance;
    private int tries;
    private boolean holdsPlace;
    private boolean over;

    public TcpCall(ServiceLanes lanes, Loop loop, Joint joint, Client client) {
        this.lanes = lanes;
        this.service = lanes.service();
        this.loop = loop;
        this.joint = joint;
        this.client = client;
        this.attempts = lanes.attempts(loop);
    }

    public Service service() {
        return service;
    }

    /// Where it goes, or was to go last; null before an instance was chosen.
    public @Nullable Instance instance() {
        return instance;
    }

    /// How many instances were chosen, one after the other.
    public int tries() {
        return tries;
    }

    /// Looks for an instance.
    ///
    /// @param clientAddress by which a balancer keeps a client's connections together
    public void start(String clientAddress) {
        Facts facts = reference -> reference.equals(CLIENT_IP) ? clientAddress : null;
        if (!service.budget().tryOpen()) {
            client.onUnreachable(TcpEnding.TOO_MANY_CONNECTIONS);
            return;
        }
        holdsPlace = true;
        attempt(attempts.first(facts, loop.now()), TcpEnding.NO_INSTANCE);
    }

    private void attempt(@Nullable Instance chosen, TcpEnding otherwise) {
        if (chosen == null) {
            client.onUnreachable(otherwise);
            return;
        }
        instance = chosen;
        tries++;
        joint.connect(chosen.address(), service.timeouts().connect(), this::onAttempt);
    }

    private void onAttempt(@Nullable Throwable problem) {
        if (over) {
            return;
        }
        if (problem == null) {
            attempts.report(AttemptOutcome.ANSWERED, 0, loop.recent());
            client.onConnected();
        } else {
            attempts.report(AttemptOutcome.CONNECT_FAILED, 0, loop.recent());
            attempt(attempts.next(loop.recent()), TcpEnding.CONNECT_FAILED);
        }
    }

    /// The connection is over, however far it came.
    public void end() {
        if (over) {
            return;
        }
        over = true;
        attempts.end(loop.recent());
        if (holdsPlace) {
            service.budget().closed();
            lanes.placeFree(loop);
        }
    }
}
