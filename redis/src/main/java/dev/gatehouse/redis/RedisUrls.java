package dev.gatehouse.redis;

import java.util.List;

/// One URL, or the URLs of some nodes of a cluster.
///
/// @param urls at least one
public record RedisUrls(List<RedisUrl> urls) {
    public RedisUrls {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("names no server (expected: redis://host:6379)");
        }
        if (urls.size() > 1 && urls.stream().anyMatch(url -> url.master() != null)) {
            throw new IllegalArgumentException("one redis-sentinel URL names all Sentinels: host:26379,host:26379");
        }
        if (urls.stream().map(RedisUrl::tls).distinct().count() > 1) {
            throw new IllegalArgumentException("the nodes of a cluster are all redis:// or all rediss://");
        }
    }

    /// @throws IllegalArgumentException with a sentence for the user
    public static RedisUrls of(List<String> texts) {
        return new RedisUrls(texts.stream().map(RedisUrl::of).toList());
    }

    /// @throws IllegalArgumentException with a sentence for the user
    public static RedisUrls of(String text) {
        return new RedisUrls(List.of(RedisUrl.of(text)));
    }

    @Override
    public String toString() {
        return String.join(", ", urls.stream().map(RedisUrl::toString).toList());
    }
}
