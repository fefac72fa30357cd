package dev.gatehouse.redis;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Sentinels that know which server is the master.
@Settings(name = "stores.redis.sentinel", value = "The Sentinels that know which server is the master.")
public record SentinelConfig(
        @Setting("What the Sentinels call the master, such as mymaster.")
        String master,

        @Setting(value = "The Sentinels, each as host:port; without a port, 26379.", min = "1", max = "32")
        List<String> nodes,

        @Setting("The user of the Sentinels themselves; left out, their default user.") @Nullable
        String user,

        @Setting("The password of the Sentinels themselves; write ${env:NAME} or ${file:path}.") @Nullable
        String password) {
    public SentinelConfig {
        if (master.isBlank()) {
            throw new IllegalArgumentException("master: is empty");
        }
        nodes = List.copyOf(nodes);
        for (String node : nodes) {
            try {
                RedisUrl.Node.of(node, RedisUrl.SENTINEL_PORT);
            } catch (IllegalArgumentException _) {
                throw new IllegalArgumentException("nodes: '" + node + "' is no host and port (expected: host:26379)");
            }
        }
    }

    List<RedisUrl.Node> addresses() {
        return nodes.stream()
                .map(node -> RedisUrl.Node.of(node, RedisUrl.SENTINEL_PORT))
                .toList();
    }

    /// Without the password.
    @Override
    public String toString() {
        return master + " of " + String.join(", ", nodes);
    }
}
