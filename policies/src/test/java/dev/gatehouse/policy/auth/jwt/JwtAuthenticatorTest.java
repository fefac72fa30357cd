package dev.gatehouse.policy.auth.jwt;

import static dev.gatehouse.policy.FakeExchange.bearing;
import static dev.gatehouse.policy.auth.Tokens.EC;
import static dev.gatehouse.policy.auth.Tokens.ED;
import static dev.gatehouse.policy.auth.Tokens.RSA;
import static dev.gatehouse.policy.auth.Tokens.SECRET;
import static dev.gatehouse.policy.auth.Tokens.claims;
import static dev.gatehouse.policy.auth.Tokens.jwks;
import static dev.gatehouse.policy.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.Tokens;
import dev.gatehouse.policy.auth.bearer.TokenPlaceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;

class JwtAuthenticatorTest {
    private final TestContext context = new TestContext();

    @Test
    void a_token_of_the_provider_is_its_user() {
        JwtSettings settings = JwtSettings.jwks(jwks(RSA, EC, ED)).shop();
        settings.rolesFrom = "realm_access.roles";
        Map<String, Object> claims = claims();
        claims.put("realm_access", Map.of("roles", List.of("customer", "support")));
        claims.put("scope", "orders:read orders:write");

        for (Map.Entry<PublicJsonWebKey, String> key : Map.<PublicJsonWebKey, String>of(
                        RSA, "RS256", EC, "ES256", ED, "EdDSA")
                .entrySet()) {
            FakeExchange exchange = bearing(signed(key.getKey(), key.getValue(), claims));

            Identity identity = identified(ask(settings, exchange));

            assertThat(identity.subject()).isEqualTo("u1");
            assertThat(identity.method()).isEqualTo("customer");
            assertThat(identity.credential()).isEqualTo("t-1");
            assertThat(identity.roles()).containsExactly("customer", "support");
            assertThat(identity.scopes()).containsExactly("orders:read", "orders:write");
            assertThat(identity.claim("aud")).isEqualTo("shop-api");
            assertThat(exchange.removed()).containsExactly("header Authorization");
        }
    }

    @Test
    void roles_may_be_a_text_of_names_and_a_consumer_adds_its_own() {
        JwtSettings settings = JwtSettings.secret(SECRET);
        settings.consumerFrom = "azp";
        Consumer acme = new Consumer("acme", null, Set.of(), Set.of("partner"));
        context.consumer(acme);
        Map<String, Object> claims = claims();
        claims.put("roles", "customer, support");
        claims.put("azp", "acme");
        JwtAuthenticator authenticator = new JwtAuthenticatorFactory().create(settings.config(), context);
        String token = signed(SECRET, "HS256", claims);

        Identity identity = identified(authenticator.authenticate(bearing(token)));
        assertThat(identity.consumer()).isSameAs(acme);
        assertThat(identity.roles()).containsExactly("customer", "support", "partner");

        context.consumer(new Consumer("acme", null, Set.of(), Set.of("gold")));
        assertThat(identified(authenticator.authenticate(bearing(token))).roles())
                .as("who the consumer is now, though the token is remembered")
                .containsExactly("customer", "support", "gold");

        context.consumers.clear();
        assertThat(identified(authenticator.authenticate(bearing(token))).consumer())
                .isNull();
    }

    @Test
    void a_remembered_token_is_not_verified_again_and_expires_all_the_same() {
        JwtAuthenticator authenticator = new JwtAuthenticatorFactory()
                .create(JwtSettings.jwks(jwks(RSA)).shop().config(), context);
        String token = signed(RSA, "RS256", claims());

        Authentication first = authenticator.authenticate(bearing(token));
        assertThat(authenticator.authenticate(bearing(token)))
                .as("the very same object")
                .isSameAs(first);

        context.clock.advance(Duration.ofSeconds(299));
        assertThat(authenticator.authenticate(bearing(token))).isSameAs(first);
        context.clock.advance(Duration.ofSeconds(1));
        assertThat(refused(authenticator.authenticate(bearing(token))).failure().kind())
                .isEqualTo(FailureKind.TOKEN_EXPIRED);
    }

    @Test
    void what_was_remembered_by_other_settings_or_keys_is_verified_anew() {
        String token = signed(RSA, "RS256", claims());
        assertThat(ask(JwtSettings.jwks(jwks(RSA)).shop(), bearing(token)))
                .isInstanceOf(Authentication.Identified.class);

        JwtSettings others = JwtSettings.jwks(jwks(RSA)).shop();
        others.requiredClaims = List.of("email");
        assertThat(refused(ask(others, bearing(token))).failure().message()).contains("does not say all");
        assertThat(refused(ask(JwtSettings.jwks(jwks(Tokens.rsa("rsa-1"))).shop(), bearing(token)))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.INVALID_TOKEN);
    }

    @Test
    void an_expired_token_says_since_when_and_never_itself() {
        String token = signed(SECRET, "HS256", claims());
        context.clock.advance(Duration.ofSeconds(300 + 4 * 60 + 10));

        Authentication.Refused refused = refused(ask(JwtSettings.secret(SECRET), bearing(token)));

        assertThat(refused.failure().kind()).isEqualTo(FailureKind.TOKEN_EXPIRED);
        assertThat(refused.failure().message())
                .isEqualTo("The bearer token expired 4 minutes ago. Get a new one and try again.");
        assertThat(refused.failure().details()).isEqualTo(Map.of("expired_at", "2026-11-22T12:05:00Z"));
        assertThat(refused.challenge()).isEqualTo("Bearer error=\"invalid_token\", error_description=\"expired\"");
        assertThat(refused.toString()).doesNotContain(token);
    }

    @Test
    void without_a_token_it_has_nothing_to_say() {
        JwtSettings settings = JwtSettings.secret(SECRET);
        JwtAuthenticator authenticator = new JwtAuthenticatorFactory().create(settings.config(), context);

        assertThat(authenticator.authenticate(new FakeExchange())).isSameAs(Authentication.ABSENT);
        FakeExchange basic = new FakeExchange().header("Authorization", "Basic dTpw");
        assertThat(authenticator.authenticate(basic)).isSameAs(Authentication.ABSENT);
        assertThat(basic.removed()).isEmpty();
        assertThat(authenticator.challenge(basic)).isEqualTo("Bearer");
    }

    @Test
    void a_token_may_be_in_a_cookie_or_in_the_query_and_is_kept_when_asked_to() {
        String token = signed(SECRET, "HS256", claims());
        JwtSettings cookie = JwtSettings.secret(SECRET);
        cookie.in = new TokenPlaceConfig(null, null, "session", null);
        FakeExchange withCookie = new FakeExchange().header("Cookie", "theme=dark; session=" + token);
        identified(ask(cookie, withCookie));
        assertThat(withCookie.removed()).containsExactly("cookie session");

        JwtSettings query = JwtSettings.secret(SECRET);
        query.in = new TokenPlaceConfig(null, null, null, "access_token");
        query.keep = true;
        FakeExchange withQuery = new FakeExchange().query("a=1&access_token=" + token);
        identified(ask(query, withQuery));
        assertThat(withQuery.removed()).isEmpty();
    }

    @Test
    void two_tokens_at_once_are_none() {
        String token = signed(SECRET, "HS256", claims());
        FakeExchange twice = bearing(token).header("Authorization", "Bearer other");

        assertThat(ask(JwtSettings.secret(SECRET), twice)).isInstanceOf(Authentication.Foreign.class);
    }

    @Test
    void a_token_of_another_issuer_is_left_to_others() {
        JwtSettings settings = JwtSettings.jwks(jwks(RSA)).shop();
        Map<String, Object> claims = claims();
        claims.put("iss", "https://partner.example");
        FakeExchange exchange = bearing(signed(RSA, "RS256", claims));

        assertThat(ask(settings, exchange)).isInstanceOf(Authentication.Foreign.class);
        assertThat(exchange.removed()).as("others have to find it").isEmpty();
    }

    private Authentication ask(JwtSettings settings, FakeExchange exchange) {
        return new JwtAuthenticatorFactory().create(settings.config(), context).authenticate(exchange);
    }

    private static Identity identified(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Identified.class);
        return ((Authentication.Identified) said).identity();
    }

    private static Authentication.Refused refused(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Refused.class);
        return (Authentication.Refused) said;
    }
}
