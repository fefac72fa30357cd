package dev.gatehouse.redis;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Words the tests with real servers share.
final class Stores {
    private Stores() {}

    static RedisConfig at(String url) {
        return new RedisConfig(
                RedisUrls.of(url),
                null,
                null,
                null,
                false,
                null,
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                "gatehouse:",
                1,
                1);
    }

    /// The same, patient enough for a machine that does other things too.
    static RedisConfig patient(RedisConfig config) {
        return with(config, Duration.ofSeconds(2), config.connections(), config.batch());
    }

    static RedisConfig with(RedisConfig config, Duration timeout, int connections, int batch) {
        return new RedisConfig(
                config.url(),
                config.user(),
                config.password(),
                config.sentinel(),
                config.cluster(),
                config.tls(),
                timeout,
                config.connectTimeout(),
                config.keyPrefix(),
                connections,
                batch);
    }

    static Store running(RedisConfig config, String node) {
        return new RedisStoreFactory().create(config, FakeContext.running(node));
    }

    static Store asking(RedisConfig config) {
        return new RedisStoreFactory().create(config, FakeContext.asking());
    }

    static <T extends @Nullable Object> T now(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static LimitTake sliding(long limit, String key) {
        return new LimitTake(new LimitRule.SlidingWindow(limit, 60_000), key, 1);
    }

    static LimitState take(Store store, LimitTake wish) throws Exception {
        return now(store.take(List.of(wish))).getFirst();
    }

    static boolean works(Store store) {
        try {
            store.get("probe").toCompletableFuture().get(1, TimeUnit.SECONDS);
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    /// @return after how many milliseconds it came true
    static long until(Duration atMost, BooleanSupplier condition) throws InterruptedException {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > atMost.toNanos()) {
                throw new AssertionError("still not so after " + atMost);
            }
            Thread.sleep(5);
        }
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }
}
