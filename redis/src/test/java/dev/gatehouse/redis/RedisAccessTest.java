package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RedisServer;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Passwords, users and TLS.
@LeavesNothingBehind
class RedisAccessTest {
    @Test
    void says_the_password_of_the_url() throws Exception {
        try (RedisServer redis = RedisServer.start("--requirepass", "s3cr:et@/");
                Store store = Stores.asking(Stores.at(redis.url().replace("://", "://:s3cr%3Aet%40%2F@")))) {
            assertThat(Stores.take(store, Stores.sliding(1, "key")).allowed()).isTrue();
            assertThat(store.toString()).doesNotContain("s3cr");
        }
    }

    @Test
    void a_user_needs_no_more_than_keys_of_the_prefix_and_what_is_not_dangerous() throws Exception {
        String rules = "gate on >pass ~gatehouse:* resetchannels"
                + " -@all +@read +@write +@scripting +@connection +time -@dangerous";
        List<String> settings = new ArrayList<>(List.of("--user"));
        settings.addAll(List.of(rules.split(" ")));
        try (RedisServer redis = RedisServer.start(settings.toArray(String[]::new));
                Store store = Stores.running(Stores.patient(as(redis, "gate", "pass")), "one")) {
            assertThat(Stores.take(store, Stores.sliding(1, "key")).allowed()).isTrue();
            assertThat(Stores.now(store.add("count/a", 2, Duration.ofMinutes(1))))
                    .isEqualTo(2);
            assertThat(Stores.now(store.keys("count/", 10))).containsExactly("count/a");
            Stores.until(
                    Duration.ofSeconds(3),
                    () -> redis.ask("exists", "gatehouse::nodes").equals("1"));
        }
    }

    private static RedisConfig as(RedisServer redis, String user, String password) {
        RedisConfig config = Stores.at(redis.url());
        return new RedisConfig(
                config.url(),
                user,
                password,
                null,
                false,
                null,
                config.timeout(),
                config.connectTimeout(),
                config.keyPrefix(),
                1,
                1);
    }

    @Test
    void speaks_tls_with_a_certificate_of_its_own(@TempDir Path folder) throws Exception {
        TestAuthority authority = TestAuthority.create();
        TestCertificate own = authority.certificate("gate").issue();
        try (RedisServer redis = tls(authority, folder, "yes");
                Store store = Stores.asking(over(redis, authority, RedisTlsConfig.Level.FULL, own))) {
            assertThat(Stores.take(store, Stores.sliding(1, "key")).allowed()).isTrue();
        }
    }

    @Test
    void believes_no_server_of_an_authority_it_does_not_know(@TempDir Path folder) throws Exception {
        TestAuthority authority = TestAuthority.create();
        try (RedisServer redis = tls(authority, folder, "no");
                Store store = Stores.asking(over(redis, TestAuthority.create(), RedisTlsConfig.Level.FULL, null));
                Store trusting = Stores.asking(over(redis, TestAuthority.create(), RedisTlsConfig.Level.NONE, null))) {
            assertThat(Stores.works(store)).isFalse();
            assertThat(Stores.works(trusting)).isTrue();
        }
    }

    @Test
    void believes_no_server_of_another_name_unless_only_the_chain_counts(@TempDir Path folder) throws Exception {
        TestAuthority authority = TestAuthority.create();
        authority.certificate("other").hosts("other.example").issue().writeTo(folder, "redis");
        try (RedisServer redis = start(authority, folder, "no");
                Store store = Stores.asking(over(redis, authority, RedisTlsConfig.Level.FULL, null));
                Store lenient = Stores.asking(over(redis, authority, RedisTlsConfig.Level.CHAIN, null))) {
            assertThat(Stores.works(store)).isFalse();
            assertThat(Stores.works(lenient)).isTrue();
        }
    }

    private static RedisServer tls(TestAuthority authority, Path folder, String clients) throws Exception {
        authority.certificate("redis").hosts("127.0.0.1").issue().writeTo(folder, "redis");
        return start(authority, folder, clients);
    }

    private static RedisServer start(TestAuthority authority, Path folder, String clients) throws Exception {
        Path ca = Files.writeString(folder.resolve("ca.crt"), authority.pem());
        return RedisServer.startTls(
                "--tls-cert-file",
                folder.resolve("redis.crt").toString(),
                "--tls-key-file",
                folder.resolve("redis.key").toString(),
                "--tls-ca-cert-file",
                ca.toString(),
                "--tls-auth-clients",
                clients);
    }

    private static RedisConfig over(
            RedisServer redis, TestAuthority authority, RedisTlsConfig.Level level, @Nullable TestCertificate own) {
        RedisConfig config = Stores.at(redis.url().replace("redis:", "rediss:"));
        RedisTlsConfig tls = new RedisTlsConfig(
                new RedisTlsConfig.Verification(level),
                pem("ca.pem", authority.pem()),
                own == null ? null : pem("own.crt", own.pem()),
                own == null ? null : pem("own.key", own.keyPem()));
        return new RedisConfig(
                config.url(),
                null,
                null,
                null,
                false,
                tls,
                config.timeout(),
                Duration.ofSeconds(5),
                config.keyPrefix(),
                1,
                1);
    }

    private static FileContent pem(String name, String text) {
        return new FileContent(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
