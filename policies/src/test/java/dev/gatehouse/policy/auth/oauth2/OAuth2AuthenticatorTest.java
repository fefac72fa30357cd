package dev.gatehouse.policy.auth.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.NeedsNetworkException;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.FakeNetwork;
import dev.gatehouse.policy.auth.TestAnswer;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.Tokens;
import dev.gatehouse.policy.auth.bearer.TokenPlaceConfig;
import dev.gatehouse.policy.auth.bearer.Words;
import dev.gatehouse.policy.auth.jwks.ProviderUrl;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuth2AuthenticatorTest {
    private static final long NOW = TestClock.START.getEpochSecond();

    private final TestContext context = new TestContext();
    private final FakeNetwork network = new FakeNetwork();
    private List<String> scopes = List.of();
    private @Nullable String issuer;
    private @Nullable Words audience;

    @Test
    void the_server_says_who_a_token_speaks_of_and_is_asked_once_in_the_time_of_the_cache() {
        says("{\"active\":true,\"sub\":\"u1\",\"scope\":\"a b\",\"client_id\":\"acme\",\"roles\":[\"customer\"]}");
        Consumer acme = new Consumer("acme", null, Set.of(), Set.of());
        context.consumer(acme);
        OAuth2Authenticator authenticator = introspecting();

        for (int i = 0; i < 3; i++) {
            FakeExchange exchange = request("opaque-1");
            Authentication said = authenticator.authenticate(exchange);
            assertThat(said).isInstanceOfSatisfying(Authentication.Identified.class, known -> {
                assertThat(known.identity().subject()).isEqualTo("u1");
                assertThat(known.identity().scopes()).containsExactly("a", "b");
                assertThat(known.identity().consumer()).isSameAs(acme);
                assertThat(known.identity().roles()).containsExactly("customer");
            });
            assertThat(exchange.removed()).containsExactly("header Authorization");
        }
        assertThat(network.calls).hasSize(1);
        assertThat(network.calls.getFirst().headers().firstValue("Authorization"))
                .as("client_id and client_secret, encoded as in a form")
                .hasValue("Basic Z2F0ZXdheTpzJTNBY3JldA==");

        context.clock.advance(Duration.ofSeconds(30));
        authenticator.authenticate(request("opaque-1"));
        assertThat(network.calls).hasSize(2);
    }

    @Test
    void a_bad_answer_is_remembered_too() {
        says("{\"active\":false}");
        OAuth2Authenticator authenticator = introspecting();

        for (int i = 0; i < 5; i++) {
            assertThat(refused(authenticator.authenticate(request("opaque-1")))
                            .failure()
                            .kind())
                    .isEqualTo(FailureKind.INVALID_TOKEN);
        }
        assertThat(network.calls).hasSize(1);
    }

    @Test
    void an_answer_does_not_outlive_the_token() {
        says("{\"active\":true,\"sub\":\"u1\",\"exp\":" + (NOW + 10) + "}");
        OAuth2Authenticator authenticator = introspecting();
        assertThat(authenticator.authenticate(request("t"))).isInstanceOf(Authentication.Identified.class);

        context.clock.advance(Duration.ofSeconds(10));
        assertThat(refused(authenticator.authenticate(request("t"))).failure().kind())
                .isEqualTo(FailureKind.TOKEN_EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"active\":true,\"iss\":\"https://other.example\",\"aud\":\"shop\"}",
                "{\"active\":true,\"aud\":\"shop\"}",
                "{\"active\":true,\"iss\":\"https://id.example\"}",
                "{\"active\":true,\"iss\":\"https://id.example\",\"aud\":\"shopping\"}",
                "{\"active\":true,\"iss\":\"https://id.example\",\"aud\":\"shop\",\"exp\":\"never\"}"
            })
    void what_the_server_says_must_fit(String answer) {
        issuer = "https://id.example";
        audience = Words.of("shop");
        says(answer);

        refused(introspecting().authenticate(request("t")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"active\":\"true\"}", "{\"active\":1}", "{\"active\":null}"})
    void an_answer_that_makes_no_sense_lets_nobody_pass_and_is_not_remembered(String answer) {
        says(answer);
        OAuth2Authenticator authenticator = introspecting();

        assertThat(failure(authenticator.authenticate(request("t")))).isInstanceOf(IOException.class);
        assertThat(failure(authenticator.authenticate(request("t")))).isInstanceOf(IOException.class);
        assertThat(network.calls).hasSize(2);
    }

    @Test
    void a_server_that_cannot_be_reached_lets_nobody_pass() {
        assertThat(failure(introspecting().authenticate(request("t")))).isInstanceOf(IOException.class);
        network.answer = request -> TestAnswer.now(request, 500, "{\"active\":true}");
        assertThat(failure(introspecting().authenticate(request("t")))).isInstanceOf(IOException.class);
    }

    @Test
    void requests_with_the_same_token_share_one_question() {
        CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();
        network.answer = _ -> answer;
        OAuth2Authenticator authenticator = introspecting();
        List<CompletableFuture<? extends Authentication>> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Authentication said = authenticator.authenticate(request("t"));
            waiting.add(((Authentication.Awaited) said).stage().toCompletableFuture());
        }

        waiting.getFirst().cancel(true);
        answer.complete(TestAnswer.now(network.calls.getFirst(), 200, "{\"active\":true,\"sub\":\"u1\"}")
                .resultNow());

        assertThat(network.calls).hasSize(1);
        assertThat(waiting.subList(1, 50))
                .allSatisfy(one -> assertThat(one.resultNow()).isInstanceOf(Authentication.Identified.class));
    }

    @Test
    void made_up_tokens_cannot_have_the_server_asked_without_end() {
        network.answer = _ -> new CompletableFuture<>();
        OAuth2Authenticator authenticator = introspecting();
        int refusals = 0;
        for (int i = 0; i < 1000; i++) {
            Authentication said = authenticator.authenticate(request("made-up-" + i));
            refusals += ((Authentication.Awaited) said)
                            .stage()
                            .toCompletableFuture()
                            .isCompletedExceptionally()
                    ? 1
                    : 0;
        }
        assertThat(network.calls).hasSize(256);
        assertThat(refusals).isEqualTo(1000 - 256);
    }

    @Test
    void scopes_that_are_missing_are_403() {
        scopes = List.of("orders:read", "orders:write");
        says("{\"active\":true,\"sub\":\"u1\",\"scope\":\"orders:read\"}");
        OAuth2Authenticator authenticator = introspecting();

        Authentication.Refused refused = refused(authenticator.authenticate(request("t")));

        assertThat(refused.failure().kind()).isEqualTo(FailureKind.FORBIDDEN);
        assertThat(refused.challenge())
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"orders:read orders:write\"");
        assertThat(authenticator.challenge(request("t"))).isEqualTo("Bearer scope=\"orders:read orders:write\"");
    }

    @Test
    void signed_tokens_are_judged_by_the_keys_of_the_server() {
        says(Tokens.jwks(Tokens.EC));
        issuer = "https://id.tasty.example";
        audience = Words.of("shop-api");
        OAuth2Authenticator authenticator = new OAuth2AuthenticatorFactory()
                .create(config(null, ProviderUrl.of("https://id.tasty.example/jwks")), context);
        String token = Tokens.signed(Tokens.EC, "ES256", Tokens.claims());

        assertThat(now(authenticator.authenticate(request(token)))).isInstanceOf(Authentication.Identified.class);
        assertThat(authenticator.authenticate(request(token))).isInstanceOf(Authentication.Identified.class);
        assertThat(network.calls).hasSize(1);
    }

    @Test
    void keys_are_found_by_the_issuer_alone() {
        network.answer = request -> TestAnswer.now(
                request,
                200,
                request.uri().getPath().equals("/keys")
                        ? Tokens.jwks(Tokens.EC)
                        : "{\"issuer\":\"https://id.tasty.example\",\"jwks_uri\":\"https://id.tasty.example/keys\"}");
        issuer = "https://id.tasty.example";
        OAuth2Authenticator authenticator = new OAuth2AuthenticatorFactory().create(config(null, null), context);
        String token = Tokens.signed(Tokens.EC, "ES256", Tokens.claims());

        assertThat(now(authenticator.authenticate(request(token)))).isInstanceOf(Authentication.Identified.class);
        assertThat(network.calls).hasSize(2);
    }

    @Test
    void explain_asks_nobody() {
        assertThat(failure(introspecting().authenticate(request("t").asksOnly())))
                .isInstanceOf(NeedsNetworkException.class);
        assertThat(network.calls).isEmpty();
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> config(null, null))
                .hasMessage("a token is judged by one of 'introspection_url', 'jwks_url' and 'discovery_url', or by the"
                        + " keys that 'issuer' publishes");
        ProviderUrl url = ProviderUrl.of("https://id.example/i");
        assertThatThrownBy(() -> config(url, url)).hasMessageEndingWith(", not by several");
        scopes = List.of("a b");
        assertThatThrownBy(this::introspecting).hasMessageStartingWith("required_scopes: 'a b'");
        scopes = List.of();
        assertThat(config(ProviderUrl.of("https://id.example/i"), null).toString())
                .doesNotContain("s:cret");
        assertThatThrownBy(() -> ProviderUrl.of("ftp://id.example"))
                .hasMessageContaining("expected: a URL like https://");
        assertThatThrownBy(() -> ProviderUrl.of("https://u:p@id.example")).hasMessageContaining("neither a user");
    }

    private OAuth2Authenticator introspecting() {
        return new OAuth2AuthenticatorFactory()
                .create(config(ProviderUrl.of("https://id.example/introspect"), null), context);
    }

    private OAuth2Config config(@Nullable ProviderUrl introspection, @Nullable ProviderUrl jwks) {
        return new OAuth2Config(
                introspection,
                introspection == null ? null : "gateway",
                introspection == null ? null : "s:cret",
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                jwks,
                null,
                Duration.ofMinutes(10),
                List.of(),
                issuer,
                audience,
                scopes,
                Duration.ZERO,
                "roles",
                introspection == null ? null : "client_id",
                TokenPlaceConfig.AUTHORIZATION,
                false,
                null);
    }

    private FakeExchange request(String token) {
        return new FakeExchange(network).header("Authorization", "Bearer " + token);
    }

    private void says(String body) {
        network.answer = request -> TestAnswer.now(request, 200, body);
    }

    private static Authentication now(Authentication said) {
        return said instanceof Authentication.Awaited(var stage)
                ? stage.toCompletableFuture().resultNow()
                : said;
    }

    private static Authentication.Refused refused(Authentication said) {
        assertThat(now(said)).isInstanceOf(Authentication.Refused.class);
        return (Authentication.Refused) now(said);
    }

    private static Throwable failure(Authentication said) {
        Throwable failure =
                ((Authentication.Awaited) said).stage().toCompletableFuture().exceptionNow();
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
