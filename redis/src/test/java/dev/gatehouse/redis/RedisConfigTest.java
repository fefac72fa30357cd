package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedisConfigTest {
    @Test
    void reads_all_parts_of_a_url() {
        RedisUrl url = RedisUrl.of("rediss://gate:p%40ss@redis_main.internal:7000/3");
        assertThat(url.hosts()).containsExactly(new RedisUrl.Node("redis_main.internal", 7000));
        assertThat(url.tls()).isTrue();
        assertThat(url.user()).isEqualTo("gate");
        assertThat(url.password()).isEqualTo("p@ss");
        assertThat(url.database()).isEqualTo(3);
        assertThat(url).hasToString("rediss://redis_main.internal:7000/3");
    }

    @Test
    void what_a_url_does_not_say_is_usual() {
        RedisUrl url = RedisUrl.of("redis://[::1]");
        assertThat(url.hosts()).containsExactly(new RedisUrl.Node("::1", 6379));
        assertThat(url)
                .extracting(RedisUrl::user, RedisUrl::password, RedisUrl::database)
                .containsOnlyNulls();
    }

    @Test
    void a_sentinel_url_names_all_sentinels_and_the_master() {
        RedisUrl url = RedisUrl.of("redis-sentinel://:secret@a,b:26380/1#mymaster");
        assertThat(url.hosts()).containsExactly(new RedisUrl.Node("a", 26379), new RedisUrl.Node("b", 26380));
        assertThat(url.master()).isEqualTo("mymaster");
        assertThat(config(List.of("redis-sentinel://a,b#mymaster"), false).sentinels())
                .hasSize(2);
        assertThat(url).hasToString("redis-sentinel://a:26379,b:26380/1#mymaster");
    }

    @Test
    void what_is_wrong_with_a_url_is_said_without_the_password() {
        for (String text : List.of(
                "http://:secret@host",
                "redis://:secret@",
                "redis://:secret@host:70000",
                "redis://:secret@host:x",
                "redis://:secret@host/db",
                "redis://:secret@host?timeout=1s",
                "redis://:secret@a,b",
                "redis://:secret@host#master",
                "redis-sentinel://:secret@host",
                "redis://:secret%zz@host",
                "secret")) {
            assertThatThrownBy(() -> RedisUrl.of(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("secret");
        }
    }

    @Test
    void several_urls_are_nodes_of_a_cluster() {
        assertThat(config(List.of("redis://a", "redis://b"), false).isCluster()).isTrue();
        assertThat(config(List.of("redis://a"), true).isCluster()).isTrue();
        assertThat(config(List.of("redis://a"), false).isCluster()).isFalse();
    }

    @Test
    void refuses_what_makes_no_sense() {
        assertRefused("url: is missing", () -> config(List.of(), false));
        assertRefused("cluster: ", () -> config(List.of("redis-sentinel://a#m"), true));
        assertRefused("url: a cluster has no database but 0", () -> config(List.of("redis://a/1"), true));
        assertRefused("all redis:// or all rediss://", () -> config(List.of("redis://a", "rediss://b"), false));
        assertRefused("password: ", () -> config("redis://a", "user", null, null, "gatehouse:"));
        assertRefused("tls: ", () -> config("redis://a", null, null, RedisTlsConfig.DEFAULT, "gatehouse:"));
        assertRefused("key_prefix: ", () -> config("redis://a", null, null, null, "{all}"));
    }

    @Test
    void shows_no_password() {
        assertThat(config("redis://gate:secret@a", "user", "secret", null, "gatehouse:"))
                .hasToString("redis at redis://a:6379");
        assertThat(new SentinelConfig("mymaster", List.of("a:1"), "user", "secret"))
                .hasToString("mymaster of a:1");
        assertThat(RedisUrls.of("redis://gate:secret@a").toString()).doesNotContain("secret");
    }

    private static void assertRefused(String why, Runnable made) {
        assertThatThrownBy(made::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static RedisConfig config(List<String> urls, boolean cluster) {
        return new RedisConfig(
                urls.isEmpty() ? null : RedisUrls.of(urls),
                null,
                null,
                null,
                cluster,
                null,
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                "gatehouse:",
                1,
                1);
    }

    private static RedisConfig config(
            String url, @Nullable String user, @Nullable String password, @Nullable RedisTlsConfig tls, String prefix) {
        return new RedisConfig(
                RedisUrls.of(url),
                user,
                password,
                null,
                false,
                tls,
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                prefix,
                1,
                1);
    }
}
