package dev.gatehouse.engine.consumer;

import dev.gatehouse.api.identity.Revocation;
import dev.gatehouse.api.identity.Revocation.Kind;
import dev.gatehouse.api.identity.Revocation.Note;
import dev.gatehouse.api.state.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Where operators have tokens revoked before their time, look at what was revoked, and take it back. Whoever shares a
/// store honours it, as soon as an answer it remembers is over.
///
/// Waits for the stores, so it is never called by a loop; every call fails with an [IOException] when one of them
/// cannot
/// be reached.
public final class RevocationDesk {
    /// For tokens that never expire.
    public static final Duration FOREVER = StoreCalls.FOREVER;

    /// Keys of one store and one kind that are looked at in a list.
    static final int MOST = 10_000;

    private final Map<String, Store> lists;
    private final InstantSource clock;

    /// @param lists the stores that somebody asks who was revoked, by name
    public RevocationDesk(Map<String, Store> lists, InstantSource clock) {
        this.lists = lists;
        this.clock = clock;
    }

    /// Some of what was revoked.
    ///
    /// @param complete whether no store had more than are looked at
    /// @param next after which key the following page begins; null on the last one
    public record Page(
            List<RevocationEntry> entries,
            boolean complete,
            @Nullable String next) {}

    /// The names of the stores that somebody asks; empty when nobody asks any.
    public List<String> stores() {
        return List.copyOf(lists.keySet());
    }

    /// In whole seconds, as the lists say it.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /// From now on the token is void, or those of the subject are that were issued until now. Doing so again counts
    /// from now on again.
    ///
    /// @param lasts at least as long as they would be good
    /// @param only the one store to write into; null for all
    /// @throws IllegalArgumentException when nobody asks that store
    public RevocationEntry revoke(Kind kind, String id, Duration lasts, @Nullable String only) throws IOException {
        Instant now = now();
        Map<String, CompletionStage<Void>> asked = new LinkedHashMap<>();
        for (String name : chosen(only)) {
            Store list = list(name);
            asked.put(
                    name,
                    switch (kind) {
                        case TOKEN -> Revocation.revokeToken(list, id, now, lasts);
                        case SUBJECT -> Revocation.revokeSubject(list, id, now, lasts);
                    });
        }
        List<String> written = new ArrayList<>();
        Map<String, IOException> failed = new LinkedHashMap<>();
        asked.forEach((name, stage) -> {
            try {
                StoreCalls.await(stage);
                written.add(name);
            } catch (IOException e) {
                failed.put(name, e);
            }
        });
        if (!failed.isEmpty()) {
            throw partly(written, failed);
        }
        return new RevocationEntry(kind, id, now, now.plus(lasts), written);
    }

    private Collection<String> chosen(@Nullable String only) {
        if (only != null && !lists.containsKey(only)) {
            throw new IllegalArgumentException("store: no revocation of the configuration names '" + only
                    + "' (expected: " + String.join(", ", lists.keySet()) + ")");
        }
        return only == null ? lists.keySet() : List.of(only);
    }

    private Store list(String name) {
        Store list = lists.get(name);
        if (list == null) {
            throw new IllegalStateException("no store '" + name + "'");
        }
        return list;
    }

    private static IOException partly(List<String> written, Map<String, IOException> failed) {
        Map.Entry<String, IOException> first = failed.entrySet().iterator().next();
        String done = written.isEmpty() ? "" : "; it is written in " + String.join(", ", written);
        return new IOException(
                "store " + first.getKey() + ": " + first.getValue().getMessage() + done, first.getValue());
    }

    /// Takes it back, in all stores: what it made void is good again.
    ///
    /// @return what stood there; null when nothing did
    public @Nullable RevocationEntry takeBack(Kind kind, String id) throws IOException {
        String key = kind.key(id);
        Gathered found = new Gathered(kind, key);
        for (String name : lists.keySet()) {
            StoreCalls list = new StoreCalls(list(name));
            byte[] value = list.get(key);
            if (value != null) {
                list.remove(key);
                found.add(name, Revocation.note(value));
            }
        }
        return found.stores.isEmpty() ? null : found.entry();
    }

    /// In the order of the keys: tokens, then subjects, each by the alphabet.
    ///
    /// @param kind null for both
    /// @param prefix how the names begin; one that is only there as its hash is not found by it
    /// @param after the [Page#next] of the page before; null for the first
    public Page list(@Nullable Kind kind, String prefix, @Nullable String after, int limit) throws IOException {
        NavigableMap<String, Gathered> all = new TreeMap<>();
        boolean complete = true;
        for (Kind each : kind == null ? Kind.values() : new Kind[] {kind}) {
            for (String name : lists.keySet()) {
                List<String> keys = new StoreCalls(list(name)).keys(each.prefix() + prefix, MOST + 1);
                complete &= keys.size() <= MOST;
                keys.forEach(key -> all.computeIfAbsent(key, _ -> new Gathered(each, key)));
            }
        }
        NavigableMap<String, Gathered> left = after == null ? all : all.tailMap(after, false);
        List<String> page = left.keySet().stream().limit(limit).toList();
        for (String name : lists.keySet()) {
            Map<String, byte[]> values = new StoreCalls(list(name)).values(page);
            left.forEach((key, found) -> {
                byte[] value = values.get(key);
                if (value != null) {
                    found.add(name, Revocation.note(value));
                }
            });
        }
        // Without what expired meanwhile.
        List<RevocationEntry> entries = left.values().stream()
                .filter(found -> !found.stores.isEmpty())
                .map(Gathered::entry)
                .toList();
        return new Page(entries, complete, left.size() > page.size() ? page.getLast() : null);
    }

    /// What the stores say of one entry; the latest holds.
    private static final class Gathered {
        private final Kind kind;
        private final List<String> stores = new ArrayList<>();
        private String id;
        private Instant revoked = Instant.MIN;
        private @Nullable Instant until;

        Gathered(Kind kind, String key) {
            this.kind = kind;
            this.id = key.substring(kind.prefix().length());
        }

        void add(String store, Note note) {
            stores.add(store);
            id = note.name() == null ? id : note.name();
            revoked = note.moment().isAfter(revoked) ? note.moment() : revoked;
            until = note.ends() != null && (until == null || note.ends().isAfter(until)) ? note.ends() : until;
        }

        RevocationEntry entry() {
            return new RevocationEntry(kind, id, revoked.equals(Instant.MAX) ? null : revoked, until, stores);
        }
    }
}
