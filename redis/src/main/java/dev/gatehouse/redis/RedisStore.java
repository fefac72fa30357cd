package dev.gatehouse.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.state.StoreFactory;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The store in a Redis. Every key there begins with the prefix of the settings, followed by what it is called here.
/// Safe for threads, and no call waits.
public final class RedisStore implements Store {
    /// The key of the gateways that live; no feature's keys begin so.
    static final String NODES = ":nodes";

    private static final int SCAN_AT_ONCE = 1000;

    private final RedisConfig config;
    private final StoreFactory.Context context;
    private final String prefix;
    private @Nullable Wiring wiring;
    private volatile @Nullable Wiring ready;
    private boolean closed;

    private RedisStore(RedisConfig config, StoreFactory.Context context) {
        this.config = config;
        this.context = context;
        this.prefix = config.keyPrefix();
    }

    /// One that connects when it is first asked; in a gateway that serves requests, at once.
    static RedisStore of(RedisConfig config, StoreFactory.Context context) {
        RedisStore store = new RedisStore(config, context);
        if (context.isRunning()) {
            store.wiring();
        }
        return store;
    }

    private Wiring wiring() {
        Wiring there = ready;
        return there == null ? wire() : there;
    }

    private synchronized Wiring wire() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        if (wiring == null) {
            wiring = new Wiring(config, context);
            ready = wiring;
        }
        return wiring;
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        return wiring().calls.<byte @Nullable []>ask(commands -> commands.get(prefix + key));
    }

    @Override
    public CompletionStage<Void> put(String key, byte[] value, Duration lasts) {
        SetArgs expiry = SetArgs.Builder.px(millis(lasts));
        return wiring().calls
                .ask(commands -> commands.set(prefix + key, value, expiry).thenAccept(_ -> {}));
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(String key, byte[] value, Duration lasts) {
        SetArgs once = SetArgs.Builder.nx().px(millis(lasts));
        return wiring().calls
                .ask(commands -> commands.set(prefix + key, value, once).thenApply(done -> done != null));
    }

    @Override
    public CompletionStage<Boolean> prolong(String key, Duration lasts) {
        return wiring().calls.ask(commands -> commands.pexpire(prefix + key, millis(lasts)));
    }

    @Override
    public CompletionStage<Long> add(String key, long amount, Duration lasts) {
        String[] keys = {prefix + key};
        byte[] added = Long.toString(amount).getBytes(US_ASCII);
        byte[] kept = Long.toString(millis(lasts)).getBytes(US_ASCII);
        return wiring().calls.ask(commands -> Script.ADD.call(commands, keys, added, kept));
    }

    @Override
    public CompletionStage<Boolean> remove(String key) {
        return wiring().calls.ask(commands -> commands.del(prefix + key).thenApply(count -> count > 0));
    }

    private static long millis(Duration lasts) {
        return Math.max(1, lasts.toMillis());
    }

    @Override
    public CompletionStage<List<String>> keys(String begin, int limit) {
        ScanArgs pattern =
                ScanArgs.Builder.matches(literal(prefix + begin) + "*").limit(SCAN_AT_ONCE);
        return wiring().calls
                .<KeyScanCursor<String>>ask(commands -> commands.scan(pattern))
                .thenCompose(cursor -> scan(cursor, pattern, limit, new ArrayList<>()));
    }

    /// One page after the other, each with a time of its own.
    private CompletionStage<List<String>> scan(
            KeyScanCursor<String> page, ScanArgs pattern, int limit, List<String> found) {
        for (String key : page.getKeys()) {
            String name = key.substring(prefix.length());
            if (found.size() < limit && !name.startsWith(NODES)) {
                found.add(name);
            }
        }
        if (page.isFinished() || found.size() >= limit) {
            return CompletableFuture.completedStage(found.stream().distinct().toList());
        }
        return wiring().calls
                .<KeyScanCursor<String>>ask(commands -> commands.scan(page, pattern))
                .thenCompose(cursor -> scan(cursor, pattern, limit, found));
    }

    /// As a pattern of Redis that means just this.
    static String literal(String text) {
        StringBuilder pattern = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if ("*?[]\\^".indexOf(letter) >= 0) {
                pattern.append('\\');
            }
            pattern.append(letter);
        }
        return pattern.toString();
    }

    @Override
    public CompletionStage<List<LimitState>> take(List<LimitTake> wishes) {
        Wiring all = wiring();
        Purses purses = all.purses;
        if (purses == null) {
            return all.limits.take(wishes, null).thenApply(LimitCalls::states);
        }
        List<LimitState> spent = purses.spend(wishes);
        if (spent != null) {
            return CompletableFuture.completedStage(spent);
        }
        return all.limits.take(wishes, purses.extras(wishes)).thenApply(said -> {
            purses.keep(wishes, said);
            return said.stream().map(Purses::state).toList();
        });
    }

    @Override
    public CompletionStage<List<LimitState>> look(List<LimitTake> wishes) {
        return wiring().limits.look(wishes);
    }

    @Override
    public void giveBack(List<LimitTake> taken) {
        List<LimitTake> leases =
                taken.stream().filter(LimitArguments::isGivenBack).toList();
        if (!leases.isEmpty()) {
            wiring().limits.giveBack(leases);
        }
    }

    @Override
    public int nodes() {
        Wiring all = ready;
        return all == null ? 1 : all.heartbeat.nodes();
    }

    @Override
    public boolean isUp() {
        Wiring all = ready;
        return all == null || all.calls.isUp();
    }

    @Override
    public void close() {
        Wiring all;
        synchronized (this) {
            all = closed ? null : wiring;
            closed = true;
        }
        if (all != null) {
            all.close();
        }
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
