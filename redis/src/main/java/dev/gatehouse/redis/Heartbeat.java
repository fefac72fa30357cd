package dev.gatehouse.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/// Says that this gateway lives, and learns how many do. Who has not said so for three seconds counts as gone.
final class Heartbeat {
    static final long PERIOD_MILLIS = 1000;

    private static final byte[] LASTS = Long.toString(3 * PERIOD_MILLIS).getBytes(US_ASCII);
    private static final byte[] ENDS = {'0'};

    private final String[] keys;
    private final byte[] node;
    private volatile int nodes = 1;

    /// @param key of the set of those that live
    /// @param node this gateway's name
    Heartbeat(String key, String node) {
        this.keys = new String[] {key};
        this.node = node.getBytes(UTF_8);
    }

    CompletionStage<Long> beat(RedisClusterAsyncCommands<String, byte[]> commands) {
        return Script.NODES.<Long>call(commands, keys, node, LASTS).thenApply(count -> {
            nodes = (int) Math.max(1, count);
            return count;
        });
    }

    /// It ends, so that the others need not find out.
    CompletionStage<Long> end(RedisClusterAsyncCommands<String, byte[]> commands) {
        return Script.NODES.call(commands, keys, node, ENDS);
    }

    /// The last count known; at least 1.
    int nodes() {
        return nodes;
    }
}
