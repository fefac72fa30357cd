package dev.gatehouse.policy.auth.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.bearer.TokenPlaceConfig;
import java.lang.reflect.Proxy;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTokenAuthenticatorTest {
    private static final String TOKEN = "k3J9sLqP2mX7vB5nW8tR4yU6";
    private static final TokenPlaceConfig IN_COOKIE = new TokenPlaceConfig(null, null, "session", null);
    private final TestContext context = new TestContext();

    @Test
    void a_token_is_whoever_the_store_says() throws Exception {
        context.consumer(new Consumer("acme", null, Set.of(), Set.of("partner")));
        put("session/" + sha256(TOKEN), """
                {"sub":"u1","roles":["customer"],"scopes":["orders:read"],"consumer":"acme","claims":{"email":"u1@x"}}""");
        FakeExchange exchange = new FakeExchange().header("Cookie", "a=b; session=" + TOKEN);

        Identity identity = identified(authenticator(IN_COOKIE, null).authenticate(exchange));

        assertThat(identity.subject()).isEqualTo("u1");
        assertThat(identity.roles()).containsExactly("customer", "partner");
        assertThat(identity.scopes()).containsExactly("orders:read");
        assertThat(identity.claim("email")).isEqualTo("u1@x");
        assertThat(identity.consumer()).isNotNull();
        assertThat(identity.credential()).isEqualTo(sha256(TOKEN).substring(0, 12));
        assertThat(exchange.removed()).containsExactly("cookie session");
        assertThat(exchange.get(Identity.AMBIENT)).isTrue();
    }

    @Test
    void a_token_the_store_does_not_know_is_refused_and_none_is_absent() {
        SessionTokenAuthenticator authenticator = authenticator(TokenPlaceConfig.AUTHORIZATION, null);

        assertThat(authenticator.authenticate(new FakeExchange())).isEqualTo(Authentication.ABSENT);
        assertThat(refused(authenticator.authenticate(FakeExchange.bearing(TOKEN))))
                .isEqualTo(FailureKind.INVALID_TOKEN);
        for (String bad : List.of("short", "a".repeat(600), "../../../quota/acme/2026", "session/*session/*")) {
            assertThat(refused(authenticator.authenticate(FakeExchange.bearing(bad))))
                    .as(bad)
                    .isEqualTo(FailureKind.INVALID_TOKEN);
        }
    }

    @Test
    void what_has_not_the_form_identifies_nobody() throws Exception {
        for (String json : List.of(
                "u1",
                "[]",
                "{}",
                "{\"sub\":\"\"}",
                "{\"sub\":7}",
                "{\"sub\":\"u1\",\"roles\":\"admin\"}",
                "{\"sub\":\"u1\",\"roles\":[7]}",
                "{\"sub\":\"u1\",\"claims\":[]}",
                "{\"sub\":\"u1\",\"consumer\":{}}",
                "{\"sub\":\"u1\",\"expires\":\"tomorrow\"}",
                "{\"sub\":\"u1\",\"expires\":1e400}",
                "{\"sub\":\"u1\",\"expires\":-1}")) {
            put("session/" + sha256(TOKEN), json);
            assertThat(refused(authenticator(TokenPlaceConfig.AUTHORIZATION, null)
                            .authenticate(FakeExchange.bearing(TOKEN))))
                    .as(json)
                    .isEqualTo(FailureKind.INVALID_TOKEN);
        }
    }

    @Test
    void a_session_that_is_used_is_prolonged_but_not_beyond_its_end() throws Exception {
        long end = context.clock.now().getEpochSecond() + 3600;
        put("session/" + sha256(TOKEN), "{\"sub\":\"u1\",\"expires\":" + end + "}");
        SessionTokenAuthenticator authenticator = authenticator(TokenPlaceConfig.AUTHORIZATION, Duration.ofMinutes(25));

        for (int i = 0; i < 2; i++) {
            assertThat(identified(authenticator.authenticate(FakeExchange.bearing(TOKEN)))
                            .subject())
                    .isEqualTo("u1");
            context.clock.advance(Duration.ofMinutes(20));
        }
        context.clock.advance(Duration.ofMinutes(4));
        assertThat(authenticator.authenticate(FakeExchange.bearing(TOKEN)))
                .isInstanceOf(Authentication.Identified.class);
        context.clock.advance(Duration.ofMinutes(16));
        assertThat(refused(authenticator.authenticate(FakeExchange.bearing(TOKEN))))
                .as("an hour is over")
                .isEqualTo(FailureKind.INVALID_TOKEN);
    }

    @Test
    void a_session_that_is_ended_while_it_is_read_does_not_come_back() throws Exception {
        put("session/" + sha256(TOKEN), "{\"sub\":\"u1\"}");
        Store store = context.store();
        context.with((Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (_, method, arguments) -> {
                    Object said = method.invoke(store, arguments);
                    if (method.getName().equals("get")) {
                        store.remove((String) arguments[0]);
                    }
                    return said;
                }));

        assertThat(refused(authenticator(TokenPlaceConfig.AUTHORIZATION, Duration.ofMinutes(25))
                        .authenticate(FakeExchange.bearing(TOKEN))))
                .isEqualTo(FailureKind.INVALID_TOKEN);
        assertThat(store.get("session/" + sha256(TOKEN)).toCompletableFuture().join())
                .isNull();
    }

    private SessionTokenAuthenticator authenticator(TokenPlaceConfig in, @Nullable Duration extend) {
        SessionTokenConfig config =
                new SessionTokenConfig(null, "session/", SessionTokenConfig.Hash.SHA256, extend, in, false);
        return new SessionTokenAuthenticatorFactory().create(config, context);
    }

    private void put(String key, String json) {
        context.store().put(key, json.getBytes(UTF_8), Duration.ofMinutes(30));
    }

    private static Identity identified(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Identified.class);
        return ((Authentication.Identified) said).identity();
    }

    private static FailureKind refused(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Refused.class);
        return ((Authentication.Refused) said).failure().kind();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }
}
