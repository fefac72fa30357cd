package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.tls.ServerTls;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;

/// The TLS connections of one listener on one loop, and what was agreed on with each. When the listener asks
/// for other certificates, or has other lists of revoked ones, those that would not come in like this any
/// more end, those of HTTP after their request. A few are looked at in one go, so that nobody else on the loop waits
/// longer
/// than for some handshakes.
final class AdmittedClients {
    private static final int AT_ONCE = 16;

    private final Loop loop;
    private final Map<OpenConnection, TlsFacts> all = new HashMap<>();

    AdmittedClients(Loop loop) {
        this.loop = loop;
    }

    void add(OpenConnection connection, TlsFacts facts) {
        all.put(connection, facts);
    }

    void remove(OpenConnection connection) {
        all.remove(connection);
    }

    /// The listener is another one from now on.
    void check(ServerTls before, ServerTls now) {
        if (!now.asksLike(before)) {
            check(new ArrayDeque<>(all.keySet()), now.letsIn(before));
        }
    }

    private void check(Queue<OpenConnection> left, Predicate<TlsFacts> stays) {
        for (int i = 0; i < AT_ONCE && !left.isEmpty(); i++) {
            OpenConnection connection = left.remove();
            TlsFacts facts = all.get(connection);
            if (facts != null && !stays.test(facts)) {
                connection.unwelcome();
            }
        }
        if (!left.isEmpty()) {
            loop.execute(() -> check(left, stays));
        }
    }
}
