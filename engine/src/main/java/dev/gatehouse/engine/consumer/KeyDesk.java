package dev.gatehouse.engine.consumer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.identity.Consumers.KeyOwner;
import dev.gatehouse.engine.config.KeyConfig;
import dev.gatehouse.engine.config.Moment;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.consumer.KeyRefused.Reason;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where operators have keys made, replaced, taken back and listed. What it changes holds at once on this gateway, and
/// within [StoredKeys#REMEMBERED] on others that share the store. Waits for the store, so it is never called by a
/// loop; every call fails with an [IOException] when the store cannot be reached.
///
/// Keys of the file are listed, but not changed: what the file says, the file says.
public final class KeyDesk {
    /// Keys in the store that are looked at in a list.
    static final int MOST = 10_000;

    /// So long a key is still told of after it has expired.
    static final Duration REMEMBRANCE = Duration.ofDays(30);

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(365);

    private final ConsumerDirectory directory;
    private final StoreCalls store;
    private final String prefix;
    private final SecureRandom random;

    /// @param prefix [ApiKey#PREFIX] or [ApiKey#DEMO_PREFIX]
    public KeyDesk(ConsumerDirectory directory, String prefix, SecureRandom random) {
        this.directory = directory;
        this.store = new StoreCalls(directory.store());
        this.prefix = prefix;
        this.random = random;
    }

    /// Makes a key.
    ///
    /// @param notBefore null for at once
    /// @param expires null for never
    public IssuedKey create(String consumer, @Nullable Instant notBefore, @Nullable Instant expires)
            throws KeyRefused, IOException {
        if (!directory.written().containsKey(consumer) && store.get(StoredConsumer.CONSUMERS + consumer) == null) {
            throw new KeyRefused(
                    Reason.NO_SUCH_CONSUMER,
                    "There is no consumer '" + consumer + "'. "
                            + question(consumer, new ConsumerDesk(directory).names()));
        }
        Instant now = now();
        Instant begin = notBefore == null || notBefore.isBefore(now) ? now : notBefore;
        if (expires != null && !begin.isBefore(expires)) {
            throw new KeyRefused(
                    Reason.NONSENSE, "expires: " + expires + " (expected: after " + begin + ", when the key begins)");
        }
        ApiKey key = fresh();
        StoredKey made = new StoredKey(key.id(), consumer, now, notBefore, expires, null);
        keep(key.hash(), made);
        return new IssuedKey(key, entry(made, null));
    }

    /// One whose id nobody has.
    private ApiKey fresh() throws IOException {
        while (true) {
            ApiKey key = ApiKey.random(prefix, random);
            byte[] hash = StoredJson.write(Map.of("sha256", key.sha256()));
            if (!directory.fileKeys().containsKey(key.id())
                    && store.putIfAbsent(StoredKey.IDS + key.id(), hash, StoreCalls.FOREVER)) {
                return key;
            }
        }
    }

    private void keep(KeyHash hash, StoredKey key) throws IOException {
        Instant end = key.expires();
        Duration lasts =
                end == null ? StoreCalls.FOREVER : Duration.between(now(), end).plus(REMEMBRANCE);
        store.put(StoredKey.KEYS + hash.hex(), key.octets(), lasts);
        directory.stored().forget(hash);
    }

    /// Makes a key in place of another; both are taken for a while.
    ///
    /// @param overlap how long the old one is still taken, up to 365 days; zero for no longer
    /// @param expires of the new one; null for never
    public IssuedKey roll(String id, Duration overlap, @Nullable Instant expires) throws KeyRefused, IOException {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new KeyRefused(Reason.NONSENSE, "overlap: " + overlap + " (expected: up to 365d)");
        }
        KeyHash hash = hash(id);
        StoredKey old = stored(id, hash);
        KeyEntry.State state = entry(old, revoked(hash)).state();
        if (state == KeyEntry.State.EXPIRED || state == KeyEntry.State.REVOKED) {
            throw new KeyRefused(
                    Reason.LAPSED,
                    "Key '" + id + "' is not taken any more: there is nothing to overlap with. Make a new one for "
                            + old.consumer() + ".");
        }
        // First the new one: at no moment there is none.
        IssuedKey made = create(old.consumer(), null, expires);
        keep(hash, old.replaced(made.key().id(), now().plus(overlap)));
        return made;
    }

    /// Takes a key back: from now on it is not taken any more. Doing so again changes nothing.
    public KeyEntry revoke(String id) throws KeyRefused, IOException {
        KeyHash hash = hash(id);
        StoredKey key = stored(id, hash);
        store.putIfAbsent(StoredKey.REVOKED + hash.hex(), StoredKey.revocation(now()), StoreCalls.FOREVER);
        directory.stored().forget(hash);
        return entry(key, revoked(hash));
    }

    private KeyHash hash(String id) throws KeyRefused, IOException {
        byte[] octets = KeyConfig.ID.matcher(id).matches() ? store.get(StoredKey.IDS + id) : null;
        if (octets != null) {
            return KeyHash.ofHex(StoredJson.read(octets).text("sha256"));
        }
        if (directory.fileKeys().containsKey(id)) {
            throw new KeyRefused(
                    Reason.IN_FILE,
                    "Key '" + id + "' stands in the file: change it there. 'gatehouse keys create --print' writes"
                            + " another one beside it, and 'expires' ends it.");
        }
        throw unknown(id);
    }

    private StoredKey stored(String id, KeyHash hash) throws KeyRefused, IOException {
        byte[] octets = store.get(StoredKey.KEYS + hash.hex());
        if (octets == null) {
            throw unknown(id);
        }
        return StoredKey.of(octets);
    }

    private KeyRefused unknown(String id) throws IOException {
        List<String> ids = keys().stream().map(KeyEntry::id).toList();
        return new KeyRefused(Reason.NO_SUCH_KEY, "There is no key '" + id + "'. " + question(id, ids));
    }

    private static String question(String name, List<String> known) {
        List<String> nearest =
                Suggestions.nearest(name, known).stream().limit(5).toList();
        return nearest.isEmpty()
                ? "'gatehouse keys list' shows all."
                : "D" + Suggestions.question(nearest).substring(1);
    }

    private @Nullable Instant revoked(KeyHash hash) throws IOException {
        byte[] octets = store.get(StoredKey.REVOKED + hash.hex());
        return octets == null ? null : StoredKey.revoked(octets);
    }

    /// All keys: those of the file in its order, then those of the store, the oldest first.
    public List<KeyEntry> keys() throws IOException {
        List<KeyEntry> all = new ArrayList<>();
        directory.fileKeys().values().forEach(key -> all.add(entry(key)));
        Map<String, byte[]> revoked = store.all(StoredKey.REVOKED, MOST);
        List<KeyEntry> stored = new ArrayList<>();
        store.all(StoredKey.KEYS, MOST).forEach((hash, octets) -> {
            byte[] when = revoked.get(hash);
            stored.add(entry(StoredKey.of(octets), when == null ? null : StoredKey.revoked(when)));
        });
        stored.sort(Comparator.comparing(KeyEntry::created, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(KeyEntry::id));
        all.addAll(stored);
        return all;
    }

    /// Whose this key is. Counts for nothing.
    public KeyOwner verify(String key) throws IOException {
        return StoreCalls.await(directory.owner(new String(key.getBytes(UTF_8), ISO_8859_1), false));
    }

    private KeyEntry entry(ConsumerDirectory.FileKey key) {
        KeyConfig config = key.config();
        return entry(
                config.id(),
                key.consumer().name(),
                true,
                null,
                instant(config.notBefore()),
                instant(config.expires()),
                null,
                null);
    }

    private KeyEntry entry(StoredKey key, @Nullable Instant revoked) {
        return entry(
                key.id(),
                key.consumer(),
                false,
                key.created(),
                key.notBefore(),
                key.expires(),
                revoked,
                key.replacedBy());
    }

    private KeyEntry entry(
            String id,
            String consumer,
            boolean inFile,
            @Nullable Instant created,
            @Nullable Instant notBefore,
            @Nullable Instant expires,
            @Nullable Instant revoked,
            @Nullable String replacedBy) {
        KeyUsage usage = directory.usage();
        return new KeyEntry(
                id,
                consumer,
                inFile,
                KeyEntry.state(now(), notBefore, expires, revoked),
                created,
                notBefore,
                expires,
                revoked,
                replacedBy,
                usage.requests(id),
                usage.lastUsed(id));
    }

    private static @Nullable Instant instant(@Nullable Moment moment) {
        return moment == null ? null : moment.instant();
    }

    private Instant now() {
        return directory.clock().instant();
    }
}
