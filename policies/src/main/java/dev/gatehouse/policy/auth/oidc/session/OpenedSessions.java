package dev.gatehouse.policy.auth.oidc.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.api.state.SharedState;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The sessions that were opened, so that each is opened once and not at every request. Bounded by the octets it
/// takes; what is seldom used goes first. Whether a session is over or ended is looked at every time. Shared by all
/// loops.
final class OpenedSessions implements SharedState<OpenedSessions> {
    /// What a session takes beside its own octets: its claims, as objects, and what holds them.
    private static final int CLAIMS_TIMES = 4;

    private static final int BESIDE = 1024;

    private final Cache<String, Opened> sessions;
    private final AtomicLong endings;
    private final boolean writes;

    /// @param by who opened it: others have to open it themselves, as their secrets may be other ones
    /// @param size octets of what was opened
    private record Opened(KnownSession session, Object by, int size) {}

    /// @param octets it may take, about; 0 remembers nothing
    OpenedSessions(long octets) {
        this(
                Caffeine.newBuilder()
                        .maximumWeight(octets)
                        .weigher(
                                (String key, Opened opened) -> key.length() + opened.size * (1 + CLAIMS_TIMES) + BESIDE)
                        .executor(Runnable::run)
                        .build(),
                new AtomicLong(),
                true);
    }

    private OpenedSessions(Cache<String, Opened> sessions, AtomicLong endings, boolean writes) {
        this.sessions = sessions;
        this.endings = endings;
        this.writes = writes;
    }

    /// Null when it was not opened lately.
    ///
    /// @param hash of all that was sealed: see [Secrets#hash]
    /// @param by the same object that opened it
    @Nullable
    KnownSession find(String hash, Object by) {
        Opened opened = sessions.getIfPresent(hash);
        if (opened == null || opened.by != by) {
            return null;
        }
        return writes ? opened.session : new KnownSession(opened.session.session());
    }

    /// Remembers it.
    ///
    /// @param open as it was sealed
    KnownSession remember(String hash, Object by, byte[] open, Session session) {
        KnownSession known = new KnownSession(session);
        if (writes) {
            sessions.put(hash, new Opened(known, by, open.length));
        }
        return known;
    }

    /// How many times this gateway ended sessions.
    long endings() {
        return endings.get();
    }

    /// It did so: after the store was told, or a request between would take the store's old answer for a new one.
    void ending() {
        if (writes) {
            endings.incrementAndGet();
        }
    }

    /// What it takes, about, in octets.
    long weight() {
        sessions.cleanUp();
        return sessions.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }

    @Override
    public OpenedSessions peek() {
        return new OpenedSessions(sessions, endings, false);
    }
}
