package dev.gatehouse.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where servers are and who we are to them, as Lettuce wants it.
final class ServerUris {
    private ServerUris() {}

    /// One, or some nodes of a cluster.
    static List<RedisURI> of(RedisConfig config) {
        List<RedisUrl.Node> sentinels = config.sentinels();
        if (!sentinels.isEmpty()) {
            return List.of(watched(config, sentinels));
        }
        RedisUrls urls = config.url();
        if (urls == null) {
            throw new IllegalArgumentException("url: is missing");
        }
        return urls.urls().stream().map(url -> server(config, url)).toList();
    }

    private static RedisURI server(RedisConfig config, RedisUrl url) {
        RedisUrl.Node node = url.hosts().getFirst();
        RedisURI uri = RedisURI.create(node.host(), node.port());
        Integer database = url.database();
        uri.setDatabase(database == null ? 0 : database);
        authenticate(uri, or(config.user(), url.user()), or(config.password(), url.password()));
        secure(uri, config, url.tls());
        return uri;
    }

    private static RedisURI watched(RedisConfig config, List<RedisUrl.Node> sentinels) {
        SentinelConfig own = config.sentinel();
        RedisUrl url = config.url() == null ? null : config.url().urls().getFirst();
        boolean tls = url == null ? config.tls() != null : url.tls();
        RedisURI uri = new RedisURI();
        uri.setSentinelMasterId(own == null ? String.valueOf(url == null ? null : url.master()) : own.master());
        if (url != null && url.database() != null) {
            uri.setDatabase(url.database());
        }
        authenticate(
                uri,
                or(config.user(), url == null ? null : url.user()),
                or(config.password(), url == null ? null : url.password()));
        secure(uri, config, tls);
        for (RedisUrl.Node node : sentinels) {
            RedisURI sentinel = RedisURI.create(node.host(), node.port());
            authenticate(sentinel, own == null ? null : own.user(), own == null ? null : own.password());
            secure(sentinel, config, tls);
            uri.getSentinels().add(sentinel);
        }
        return uri;
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    private static void authenticate(RedisURI uri, @Nullable String user, @Nullable String password) {
        if (password != null && user != null) {
            uri.setAuthentication(user, password.toCharArray());
        } else if (password != null) {
            uri.setAuthentication(password.toCharArray());
        }
    }

    private static void secure(RedisURI uri, RedisConfig config, boolean tls) {
        uri.setTimeout(config.connectTimeout());
        uri.setSsl(tls);
        if (tls) {
            RedisTlsConfig how = config.tls() == null ? RedisTlsConfig.DEFAULT : config.tls();
            uri.setVerifyPeer(
                    switch (how.verify().level()) {
                        case FULL -> SslVerifyMode.FULL;
                        case CHAIN -> SslVerifyMode.CA;
                        case NONE -> SslVerifyMode.NONE;
                    });
        }
    }
}
