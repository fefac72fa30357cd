package dev.gatehouse.engine.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// What is counted of the connections that are passed on, from the start of a gateway to its end. Listeners and
/// services that are gone are still told, up to a bound; whatever comes then is `other`. Any thread.
public final class TcpTallies {
    /// The service of connections that came to none.
    public static final String NONE = "none";

    private static final int MOST_ROWS = 1000;
    private static final Key OTHER = new Key("other", "other");

    private final Map<Key, TcpTally> tallies = new ConcurrentHashMap<>();

    /// Of whom a figure is.
    ///
    /// @param listener its name
    /// @param service its name, or [#NONE]
    public record Key(String listener, String service) {}

    public TcpTally of(String listener, String service) {
        Key key = new Key(listener, service);
        TcpTally known = tallies.get(key);
        if (known != null) {
            return known;
        }
        return tallies.computeIfAbsent(tallies.size() < MOST_ROWS ? key : OTHER, _ -> new TcpTally());
    }

    public void forEach(BiConsumer<Key, TcpTally> reader) {
        tallies.forEach(reader);
    }
}
