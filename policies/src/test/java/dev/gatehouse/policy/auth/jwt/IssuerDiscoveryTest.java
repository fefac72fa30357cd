package dev.gatehouse.policy.auth.jwt;

import static dev.gatehouse.policy.auth.Tokens.RSA;
import static dev.gatehouse.policy.auth.Tokens.claims;
import static dev.gatehouse.policy.auth.Tokens.jwks;
import static dev.gatehouse.policy.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.FakeNetwork;
import dev.gatehouse.policy.auth.TestAnswer;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.Tokens;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// `issuer` and nothing else: the whole way from a token to its identity.
class IssuerDiscoveryTest {
    private static final String ISSUER = "https://id.tasty.example";

    private final TestContext context = new TestContext();
    private final FakeNetwork network = new FakeNetwork();
    private final JwtAuthenticator authenticator = authenticator();

    private JwtAuthenticator authenticator() {
        JwtSettings settings = new JwtSettings();
        settings.issuer = ISSUER;
        return new JwtAuthenticatorFactory().create(settings.config(), context);
    }

    @Test
    void the_first_token_has_the_keys_fetched_and_the_second_waits_for_nobody() {
        publishes(ISSUER);

        Authentication first = ask(signed(RSA, "RS256", claims()));
        assertThat(first).isInstanceOf(Authentication.Awaited.class);
        assertThat(now(first)).isInstanceOf(Authentication.Identified.class);

        assertThat(ask(signed(RSA, "RS256", claims()))).isInstanceOf(Authentication.Identified.class);
        assertThat(network.calls)
                .extracting(call -> call.uri().toString())
                .containsExactly(ISSUER + "/.well-known/openid-configuration", ISSUER + "/keys");
    }

    @Test
    void a_token_of_another_issuer_has_nothing_fetched() {
        publishes(ISSUER);
        Map<String, Object> claims = claims();
        claims.put("iss", "https://id.evil.example");

        assertThat(ask(signed(RSA, "RS256", claims))).isInstanceOf(Authentication.Foreign.class);
        assertThat(network.calls).isEmpty();
    }

    @Test
    void keys_of_a_document_that_names_another_issuer_are_not_taken() {
        publishes("https://id.evil.example");

        Throwable failure = ((Authentication.Awaited) ask(signed(RSA, "RS256", claims())))
                .stage()
                .toCompletableFuture()
                .exceptionNow();
        assertThat(failure instanceof CompletionException ? failure.getCause() : failure)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another issuer than " + ISSUER);
        assertThat(network.calls).hasSize(1);
    }

    @Test
    void a_key_of_somebody_else_signs_nothing() {
        publishes(ISSUER);
        var attacker = Tokens.rsa("rsa-1");

        assertThat(now(ask(signed(attacker, "RS256", claims())))).isInstanceOf(Authentication.Refused.class);
    }

    private void publishes(String issuer) {
        network.answer = request -> TestAnswer.now(
                request,
                200,
                request.uri().getPath().equals("/keys")
                        ? jwks(RSA)
                        : "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + ISSUER + "/keys\"}");
    }

    private Authentication ask(String token) {
        return authenticator.authenticate(new FakeExchange(network).header("Authorization", "Bearer " + token));
    }

    private static Authentication now(Authentication said) {
        return said instanceof Authentication.Awaited(var stage)
                ? stage.toCompletableFuture().resultNow()
                : said;
    }
}
