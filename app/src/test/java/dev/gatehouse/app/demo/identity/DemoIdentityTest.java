package dev.gatehouse.app.demo.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The demo's provider, as a browser and a gateway meet it.
class DemoIdentityTest {
    /// The verifier and the challenge of RFC 7636, appendix B.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String ASKED = "response_type=code&client_id=demo_backoffice&state=s%261&nonce=n1"
            + "&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fback"
            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final DemoIdentity identity = new DemoIdentity("http://127.0.0.1:9107", () -> now, new SecureRandom());

    @Test
    void what_it_announces_it_answers() {
        JsonNode told = json(get("/.well-known/openid-configuration", ""));

        assertThat(told.path("issuer").asString()).isEqualTo("http://127.0.0.1:9107");
        for (String endpoint : Set.of("authorization_endpoint", "userinfo_endpoint", "jwks_uri")) {
            String path = URI.create(told.path(endpoint).asString()).getPath();
            assertThat(get(path, "").status()).as(endpoint).isNotEqualTo(404);
        }
        assertThat(json(get("/jwks.json", "")).at("/keys/0/kid").asString()).isEqualTo("demo-1");
    }

    @Test
    void somebody_who_logs_in_comes_back_with_a_code_that_is_good_once() {
        JsonNode tokens = json(token("authorization_code", "code=" + code("alice"), VERIFIER));

        JsonNode id = claims(tokens.path("id_token").asString());
        assertThat(id.path("sub").asString()).isEqualTo("u1");
        assertThat(id.path("aud").asString()).isEqualTo("demo_backoffice");
        assertThat(id.path("nonce").asString()).isEqualTo("n1");
        JsonNode access = claims(tokens.path("access_token").asString());
        assertThat(access.path("iss").asString()).isEqualTo("gatehouse-demo");
        assertThat(access.at("/roles/0").asString()).isEqualTo("customer");

        String refresh = "refresh_token=" + tokens.path("refresh_token").asString();
        assertThat(token("refresh_token", refresh, "").status()).isEqualTo(200);
        assertThat(token("refresh_token", refresh, "").status()).as("once only").isEqualTo(400);
    }

    @Test
    void a_code_is_not_good_twice_nor_late_nor_for_somebody_else() {
        String code = "code=" + code("sam");
        assertThat(token("authorization_code", code, VERIFIER).status()).isEqualTo(200);
        assertThat(token("authorization_code", code, VERIFIER).status()).isEqualTo(400);

        assertThat(token("authorization_code", "code=" + code("sam"), "another").body())
                .contains("code_verifier");

        String late = "code=" + code("sam");
        now = now.plusSeconds(61);
        assertThat(token("authorization_code", late, VERIFIER).body()).contains("invalid_grant");
    }

    @Test
    void who_is_not_known_sees_the_page_again() {
        IdentityAnswer again = post("/login", ASKED + "&user=alice&password=wrong");

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.body()).contains("alice, sam and root").contains("value=\"s&amp;1\"");
    }

    @ParameterizedTest
    @CsvSource({
        "https%3A%2F%2Fevil.example%2F, localhost",
        "http%3A%2F%2Flocalhost%40evil.example%2F, localhost",
        "javascript%3Aalert(1), localhost",
    })
    void nobody_is_sent_to_another_machine(String redirect, String told) {
        IdentityAnswer answer = get("/authorize", "response_type=code&redirect_uri=" + redirect);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(told);
        assertThat(get("/logout", "post_logout_redirect_uri=" + redirect).status())
                .isEqualTo(200);
    }

    @Test
    void a_token_tells_who_it_is_of_and_a_forged_one_does_not() {
        String token = DemoIssuer.accessToken("u2", Set.of("support"), now, Duration.ofHours(1));
        String[] parts = token.split("\\.", -1);
        String forged = parts[0] + "." + base64("{\"sub\":\"u3\"}") + "." + parts[2];

        assertThat(json(userinfo(token)).path("name").asString()).isEqualTo("Sam Okoro");
        assertThat(userinfo(forged).status()).isEqualTo(401);
        assertThat(userinfo("rubbish").status()).isEqualTo(401);
    }

    // ── asking
    // ───────────────────────────────────────────────────────────────────────────────────────────────────────

    private String code(String user) {
        IdentityAnswer back = post("/login", ASKED + "&user=" + user + "&password=" + user);
        String location = Objects.requireNonNull(back.headers().get("Location"), back.body());
        assertThat(location).startsWith("http://localhost:8080/back?code=").endsWith("&state=s%261");
        return location.substring(location.indexOf("code=") + 5, location.indexOf('&'));
    }

    private IdentityAnswer token(String grant, String credential, String verifier) {
        return post(
                "/token",
                "grant_type=" + grant + "&" + credential + "&code_verifier=" + verifier
                        + "&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fback");
    }

    private IdentityAnswer userinfo(String token) {
        return identity.answer(IdentityRequest.of("GET", "/userinfo", null, "", "Bearer " + token));
    }

    private IdentityAnswer get(String path, @Nullable String query) {
        return identity.answer(IdentityRequest.of("GET", path, query, "", null));
    }

    private IdentityAnswer post(String path, String form) {
        return identity.answer(IdentityRequest.of("POST", path, null, form, null));
    }

    private static JsonNode json(IdentityAnswer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }

    private static JsonNode claims(String token) {
        return new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
