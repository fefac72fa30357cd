package dev.gatehouse.policy.auth.basic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.limit.Rate;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.auth.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicAuthenticatorTest {
    private static final String HASH = hash("sésame:öffne dich");

    private final TestContext context =
            new TestContext().consumer(new Consumer("acme", null, Set.of(), Set.of("partner")));
    private Map<String, BasicUserConfig> users = Map.of("alice", new BasicUserConfig(HASH, List.of("ops"), "acme"));
    private @Nullable FileContent htpasswd;
    private Duration remember = Duration.ofMinutes(1);
    private @Nullable AttemptsConfig attempts;
    private int checks;
    private Executor executor = task -> {
        checks++;
        task.run();
    };

    @Test
    void a_user_with_the_right_password_is_known_and_the_service_never_sees_it() {
        FakeExchange exchange = showing("alice", "sésame:öffne dich");

        var identity = identified(ask(exchange)).identity();

        assertThat(identity.subject()).isEqualTo("alice");
        assertThat(identity.roles()).containsExactlyInAnyOrder("ops", "partner");
        assertThat(identity.consumer()).isNotNull();
        assertThat(identity.summary()).doesNotContain("sésame");
        assertThat(exchange.removed()).containsExactly("header Authorization");
    }

    @Test
    void a_wrong_password_and_an_unknown_user_are_refused_in_the_same_words_after_the_same_work() {
        Authentication.Refused wrong = refused(ask(showing("alice", "sesam")));
        assertThat(checks).isEqualTo(1);
        Authentication.Refused unknown = refused(ask(showing("bob", "sésame:öffne dich")));
        assertThat(checks).isEqualTo(2);

        assertThat(wrong).isEqualTo(unknown);
        assertThat(wrong.failure().kind()).isEqualTo(FailureKind.INVALID_TOKEN);
        assertThat(wrong.failure().toString()).doesNotContain("alice");
    }

    @Test
    void what_was_right_a_moment_ago_is_not_checked_again() {
        BasicAuthenticator authenticator = authenticator();
        for (int i = 0; i < 100; i++) {
            identified(finish(authenticator.authenticate(showing("alice", "sésame:öffne dich"))));
        }
        assertThat(checks).isEqualTo(1);
        refused(finish(authenticator.authenticate(showing("alice", "wrong"))));
        assertThat(checks).isEqualTo(2);
        context.clock.advance(Duration.ofMinutes(1));
        identified(finish(authenticator.authenticate(showing("alice", "sésame:öffne dich"))));
        assertThat(checks).isEqualTo(3);
    }

    @Test
    void what_was_right_is_forgotten_when_the_password_is_changed() {
        identified(ask(showing("alice", "sésame:öffne dich")));
        users = Map.of("alice", new BasicUserConfig(hash("other"), List.of(), null));
        refused(ask(showing("alice", "sésame:öffne dich")));
    }

    @Test
    void attempts_for_one_user_are_limited_whoever_makes_them() {
        attempts = new AttemptsConfig(Rate.of("3/min"), null, null);
        BasicAuthenticator authenticator = authenticator();
        for (int i = 0; i < 3; i++) {
            refused(finish(
                    authenticator.authenticate(showing("alice", "guess " + i).from("192.0.2." + i))));
        }

        var limited = refused(finish(
                authenticator.authenticate(showing("alice", "sésame:öffne dich").from("198.51.100.1"))));

        assertThat(limited.failure().kind()).isEqualTo(FailureKind.RATE_LIMIT_EXCEEDED);
        assertThat((Integer) limited.failure().details().get("retry_after")).isBetween(1, 61);
        assertThat(checks).isEqualTo(3);
        context.clock.advance(Duration.ofSeconds(61));
        identified(finish(authenticator.authenticate(showing("alice", "sésame:öffne dich"))));
    }

    @Test
    void somebody_who_is_known_stays_so_while_others_guess() {
        attempts = new AttemptsConfig(Rate.of("3/min"), null, null);
        BasicAuthenticator authenticator = authenticator();
        identified(finish(authenticator.authenticate(showing("alice", "sésame:öffne dich"))));
        for (int i = 0; i < 10; i++) {
            refused(finish(authenticator.authenticate(showing("alice", "guess " + i))));
        }
        identified(finish(authenticator.authenticate(showing("alice", "sésame:öffne dich"))));
        assertThat(checks).isEqualTo(3);
    }

    @Test
    void attempts_from_one_network_are_limited_whoever_is_meant() {
        attempts = new AttemptsConfig(null, Rate.of("3/min"), null);
        BasicAuthenticator authenticator = authenticator();
        for (int i = 0; i < 3; i++) {
            refused(finish(authenticator.authenticate(showing("user" + i, "x").from("2001:db8::" + i))));
        }
        assertThat(refused(finish(
                                authenticator.authenticate(showing("user9", "x").from("2001:db8::ffff:1"))))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.RATE_LIMIT_EXCEEDED);
        assertThat(refused(finish(
                                authenticator.authenticate(showing("user9", "x").from("2001:db8:0:1::1"))))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.INVALID_TOKEN);
    }

    @Test
    void no_loop_checks_a_password() {
        List<Runnable> waiting = new ArrayList<>();
        executor = waiting::add;
        CompletableFuture<? extends Authentication> said =
                awaited(authenticator().authenticate(showing("alice", "sésame:öffne dich")));
        assertThat(said).isNotDone();
        waiting.getFirst().run();
        identified(said.join());
    }

    @Test
    void when_too_many_wait_the_next_is_told_to_come_again() {
        executor = _ -> {
            throw new RejectedExecutionException();
        };
        var refused = refused(ask(showing("alice", "sésame:öffne dich")));
        assertThat(refused.failure().kind().status()).isEqualTo(503);
        assertThat(refused.failure().details()).containsEntry("retry_after", 1);
    }

    @Test
    void other_schemes_are_somebody_elses() {
        assertThat(ask(new FakeExchange())).isSameAs(Authentication.ABSENT);
        assertThat(ask(FakeExchange.bearing("abc"))).isSameAs(Authentication.ABSENT);
        assertThat(ask(new FakeExchange().header("Authorization", "Basically x")))
                .isSameAs(Authentication.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic", "Basic ", "Basic !!!", "Basic YWxpY2U=", "Basic OnB3", "Basic YQBiOmM=", "basic  a b"})
    void credentials_that_are_none_are_refused_without_any_work(String value) {
        assertThat(refused(ask(new FakeExchange().header("Authorization", value)))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.INVALID_TOKEN);
        assertThat(checks).isZero();
    }

    @Test
    void credentials_are_utf_8_and_short_and_shown_once() {
        String latin = Base64.getEncoder().encodeToString("alice:sésame".getBytes(ISO_8859_1));
        refused(ask(new FakeExchange().header("Authorization", "Basic " + latin)));
        refused(ask(showing("alice", "x".repeat(1100))));
        refused(ask(showing("alice", "x").header("Authorization", "Basic YTpi")));
        assertThat(checks).isZero();
    }

    @Test
    void the_challenge_says_realm_and_encoding() {
        assertThat(authenticator().challenge(new FakeExchange())).isEqualTo("Basic realm=\"shop\", charset=\"UTF-8\"");
    }

    @Test
    void users_may_stand_in_an_htpasswd_file_and_their_roles_in_the_settings() {
        htpasswd = file("# people\r\nalice:" + HASH + "\nbob:" + hash("builder") + "\n\n");
        users = Map.of("alice", new BasicUserConfig(null, List.of("ops"), null));
        assertThat(identified(ask(showing("alice", "sésame:öffne dich")))
                        .identity()
                        .roles())
                .containsExactly("ops");
        assertThat(identified(ask(showing("bob", "builder"))).identity().roles())
                .isEmpty();
    }

    @Test
    void mistakes_in_the_file_are_told_by_line_and_show_no_hash() {
        users = Map.of();
        htpasswd = file("alice:$apr1$abcdefgh$0123456789012345678901\n");
        assertThatThrownBy(this::authenticator)
                .hasMessage("htpasswd: line 1 of 'users' has another hash than bcrypt: write it with htpasswd -B");
        htpasswd = file("alice:" + HASH + "\nalice:" + HASH);
        assertThatThrownBy(this::authenticator).hasMessageContaining("line 2").hasMessageNotContaining("$2");
        htpasswd = file("nothing");
        assertThatThrownBy(this::authenticator).hasMessageContaining("no user and hash");
        htpasswd = file("");
        assertThatThrownBy(this::authenticator).hasMessage("htpasswd: 'users' has no user");
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        users = Map.of("alice", new BasicUserConfig(null, List.of(), null));
        assertThatThrownBy(this::authenticator).hasMessageStartingWith("users.alice: has no password");
        users = Map.of("a:b", new BasicUserConfig(HASH, List.of(), null));
        assertThatThrownBy(this::authenticator).hasMessageStartingWith("users: 'a:b' is no user name");
        users = Map.of();
        assertThatThrownBy(this::authenticator).hasMessageStartingWith("knows nobody");
        assertThatThrownBy(() -> new BasicUserConfig("plain", List.of(), null)).hasMessageStartingWith("password: ");
    }

    private static FileContent file(String text) {
        return new FileContent("users", text.getBytes(UTF_8));
    }

    private static String hash(String password) {
        return OpenBSDBCrypt.generate(password.toCharArray(), "0123456789abcdef".getBytes(UTF_8), 4);
    }

    private static FakeExchange showing(String user, String password) {
        String both = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return new FakeExchange().header("Authorization", "Basic " + both);
    }

    private BasicAuthenticator authenticator() {
        BasicConfig config = new BasicConfig(users, htpasswd, "shop", remember, attempts, false);
        return new BasicAuthenticator(config, context, HashingThreads.on(task -> executor.execute(task)));
    }

    private Authentication ask(FakeExchange exchange) {
        return finish(authenticator().authenticate(exchange));
    }

    private static Authentication finish(Authentication said) {
        return said instanceof Authentication.Awaited ? awaited(said).join() : said;
    }

    private static CompletableFuture<? extends Authentication> awaited(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Awaited.class);
        return ((Authentication.Awaited) said).stage().toCompletableFuture();
    }

    private static Authentication.Identified identified(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Identified.class);
        return (Authentication.Identified) said;
    }

    private static Authentication.Refused refused(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Refused.class);
        return (Authentication.Refused) said;
    }
}
