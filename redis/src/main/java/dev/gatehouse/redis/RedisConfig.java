package dev.gatehouse.redis;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the user writes of a store of type `redis`.
@Settings(
        name = "stores.redis",
        value = "A Redis that several gateways share: limits, sessions and keys count for all.")
public record RedisConfig(
        @Setting("The server: redis://user:password@host:6379/0, rediss:// for TLS, redis-sentinel://host,host#master;"
                + " or a list of some nodes of a cluster. Keep passwords out of the file: ${env:NAME}.")
        @Nullable
        RedisUrls url,

        @Setting("The user (ACL) of the server; left out, what the URL says, or Redis' default user.") @Nullable
        String user,

        @Setting("The password of the server; write ${env:NAME} or ${file:path}.") @Nullable
        String password,

        @Setting("Asks Sentinels for the server, instead of a url.") @Nullable
        SentinelConfig sentinel,

        @Setting(
                value = "The server is a node of a cluster (Redis Cluster); several urls say so too.",
                byDefault = "false")
        boolean cluster,

        @Setting("How TLS is spoken with rediss://; with sentinel, that TLS is spoken at all.") @Nullable
        RedisTlsConfig tls,

        @Setting(
                value = "How long one question may take; then the store counts as down for it.",
                byDefault = "20ms",
                min = "1ms",
                max = "10s")
        Duration timeout,

        @Setting(
                value = "How long a connection may take to be made, TLS and password included.",
                byDefault = "1s",
                min = "10ms",
                max = "30s")
        Duration connectTimeout,

        @Setting(
                value = "What all keys begin with; gateways with the same one share what they count.",
                byDefault = "gatehouse:")
        String keyPrefix,

        @Setting(
                value = "Connections to each server; one carries more than a server can answer, unless TLS is spoken.",
                byDefault = "1",
                min = "1",
                max = "64")
        int connections,

        @Setting(
                value = "Up to so many of a limit are taken at once and spent without asking, 1 % of the limit at most"
                        + " and for 1 s at most; 1 asks each time.",
                byDefault = "1",
                min = "1",
                max = "10000")
        int batch) {
    private static final int LONGEST_PREFIX = 64;

    public RedisConfig {
        if ((url == null) == (sentinel == null)) {
            throw new IllegalArgumentException(
                    url == null
                            ? "url: is missing (expected: redis://host:6379)"
                            : "sentinel: has no place beside 'url', which may be redis-sentinel://");
        }
        boolean watched =
                sentinel != null || (url != null && url.urls().getFirst().master() != null);
        if (cluster && watched) {
            throw new IllegalArgumentException("cluster: Sentinels watch no cluster; remove one of the two");
        }
        if (url != null && (cluster || url.urls().size() > 1)) {
            boolean other =
                    url.urls().stream().map(RedisUrl::database).anyMatch(database -> database != null && database != 0);
            if (other) {
                throw new IllegalArgumentException("url: a cluster has no database but 0");
            }
        }
        if (url != null && tls != null && !url.urls().getFirst().tls()) {
            throw new IllegalArgumentException("tls: means something for rediss:// only");
        }
        if (user != null
                && password == null
                && (url == null || url.urls().getFirst().password() == null)) {
            throw new IllegalArgumentException("password: is missing beside 'user'");
        }
        if (keyPrefix.length() > LONGEST_PREFIX || keyPrefix.indexOf('{') >= 0 || keyPrefix.indexOf('}') >= 0) {
            // In braces stands what a cluster goes by: all keys would be on one node.
            throw new IllegalArgumentException(
                    "key_prefix: at most " + LONGEST_PREFIX + " characters, none of them { or }");
        }
    }

    boolean isCluster() {
        return cluster || (url != null && url.urls().size() > 1);
    }

    /// The Sentinels; empty when there are none.
    List<RedisUrl.Node> sentinels() {
        if (sentinel != null) {
            return sentinel.addresses();
        }
        return url != null && url.urls().getFirst().master() != null
                ? url.urls().getFirst().hosts()
                : List.of();
    }

    /// For people: where it is, without user and password.
    String address() {
        return url == null ? String.valueOf(sentinel) : url.toString();
    }

    /// Without the password.
    @Override
    public String toString() {
        return "redis at " + address();
    }
}
