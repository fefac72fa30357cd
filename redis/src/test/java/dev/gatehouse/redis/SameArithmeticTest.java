package dev.gatehouse.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.engine.store.MemoryStore;
import dev.gatehouse.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Every store says the same of the same requests: the script and the gateway's own memory, driven side by side by one
/// clock.
class SameArithmeticTest {
    private static final int STEPS = 2000;
    private static final long BEGIN_MICROS = 1_760_000_000_000_000L;

    private long micros = BEGIN_MICROS;

    @Test
    void says_of_any_requests_what_the_memory_says() throws Exception {
        try (RedisServer redis = RedisServer.start();
                RedisClient client = RedisClient.create(redis.url());
                StatefulRedisConnection<String, byte[]> connection =
                        client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))) {
            for (long seed = 1; seed <= 4; seed++) {
                connection.sync().flushall();
                compare(new Random(seed), connection, "seed " + seed);
            }
        }
    }

    private void compare(Random chance, StatefulRedisConnection<String, byte[]> connection, String seed)
            throws Exception {
        MemoryStore memory = new MemoryStore(() -> micros * 1000, () -> micros / 1000);
        List<LimitTake> leases = new ArrayList<>();
        int refused = 0;
        for (int step = 0; step < STEPS; step++) {
            micros += chance.nextInt(20) == 0 ? chance.nextInt(70_000_000) : chance.nextInt(400_000);
            List<LimitTake> wishes = wishes(chance);
            String place = seed + " step " + step + " " + wishes;
            switch (chance.nextInt(8)) {
                case 0 ->
                    assertThat(call(connection, "look", wishes))
                            .as("look at " + place)
                            .isEqualTo(Stores.now(memory.look(wishes)));
                case 1 -> {
                    if (!leases.isEmpty()) {
                        List<LimitTake> back = List.of(leases.remove(chance.nextInt(leases.size())));
                        memory.giveBack(back);
                        call(connection, "back", back);
                    }
                }
                default -> {
                    List<LimitState> states = call(connection, "take", wishes);
                    assertThat(states).as(place).isEqualTo(Stores.now(memory.take(wishes)));
                    if (states.stream().allMatch(LimitState::allowed)) {
                        wishes.stream().filter(LimitArguments::isGivenBack).forEach(leases::add);
                    } else {
                        refused++;
                    }
                }
            }
        }
        assertThat(refused).as(seed).isBetween(STEPS / 10, STEPS * 9 / 10);
    }

    private List<LimitState> call(
            StatefulRedisConnection<String, byte[]> connection, String mode, List<LimitTake> wishes) throws Exception {
        String[] keys = wishes.stream().map(LimitTake::key).toArray(String[]::new);
        byte[][] arguments =
                LimitArguments.of(mode.getBytes(US_ASCII), Long.toString(micros).getBytes(US_ASCII), wishes, null);
        List<Object> numbers = Stores.now(Script.LIMITS.call(connection.async(), keys, arguments));
        return LimitCalls.states(LimitCalls.read(numbers));
    }

    private List<LimitTake> wishes(Random chance) {
        List<LimitTake> wishes = new ArrayList<>();
        int first = chance.nextInt(10);
        int count = 1 + chance.nextInt(3);
        for (int i = 0; i < count; i++) {
            int key = (first + i) % 10;
            long cost = chance.nextInt(10) == 0 ? chance.nextInt(60) : chance.nextInt(3);
            wishes.add(new LimitTake(rule(key), "key/" + key, cost));
        }
        return wishes;
    }

    /// Two of each kind, one of them small.
    private LimitRule rule(int key) {
        long minute = 60_000;
        long from = Math.floorDiv(micros / 1000, minute) * minute;
        return switch (key) {
            case 0 -> new LimitRule.SlidingWindow(20, minute);
            case 1 -> new LimitRule.SlidingWindow(7, 12_345);
            case 2 -> new LimitRule.Gcra(30, minute, 10);
            case 3 -> new LimitRule.Gcra(7, 10_001, 3);
            case 4 -> new LimitRule.FixedWindow(20, minute);
            case 5 -> new LimitRule.FixedWindow(5, 7_777);
            case 6 -> new LimitRule.Calendar(20, from, from + minute);
            case 7 -> new LimitRule.Calendar(1000, 0, micros / 1000 + 1000);
            case 8 -> new LimitRule.Concurrency(10, minute);
            default -> new LimitRule.Concurrency(3, 30_000);
        };
    }
}
