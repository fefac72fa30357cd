package dev.gatehouse.policy.auth.oidc;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.auth.Tokens;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.PolicyRequest;
import dev.gatehouse.testkit.PolicyResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What providers may do in more than one way, and what is taken only where the user says so.
class ProviderChoicesTest {
    private static final String POSTED = "response_mode: form_post";
    private static final String SIGNED = "userinfo: true\nuserinfo_signed: true";

    // ── tokens that are made with the client's secret

    @Test
    void a_token_made_with_the_secret_of_the_client_is_taken_where_the_user_names_the_algorithm() {
        try (BackOffice office = BackOffice.with("algorithms: [HS256]")) {
            office.provider.secret = FakeProvider.SECRET;
            office.loggedIn();
            assertThat(office.provider.asked).as("no key is needed").doesNotContain("GET /keys");
        }
        try (BackOffice office = BackOffice.with("algorithms: [HS256, ES256]")) {
            office.loggedIn();
            assertThat(office.provider.asked).contains("GET /keys");
        }
    }

    @Test
    void such_a_token_is_refused_where_the_algorithm_or_the_secret_is_another() {
        try (BackOffice office = BackOffice.open()) {
            office.provider.secret = FakeProvider.SECRET;
            assertThat(office.login("/admin").status()).as("not named").isEqualTo(400);
        }
        try (BackOffice office = BackOffice.with("algorithms: [HS256]")) {
            office.provider.secret = FakeProvider.SECRET + "!";
            assertThat(office.login("/admin").status()).as("another secret").isEqualTo(400);
            office.provider.secret = null;
            assertThat(office.login("/admin").status())
                    .as("only HS256 is named")
                    .isEqualTo(400);
        }
        try (BackOffice office = BackOffice.with("algorithms: [HS256, ES256]")) {
            office.provider.secret = Tokens.jwks(FakeProvider.KEY);
            assertThat(office.login("/admin").status())
                    .as("a public key is no secret")
                    .isEqualTo(400);
        }
    }

    // ── userinfo that is signed

    @Test
    void userinfo_that_is_signed_is_verified_like_an_id_token() {
        try (BackOffice office = BackOffice.with(SIGNED)) {
            office.provider.claims.remove("groups"); // which the ID token says
            office.provider.userinfo = signed(Map.of());
            office.loggedIn();
            assertThat(office.open("/admin").sent().toString()).contains("X-User-Roles=kitchen");
        }
    }

    @Test
    void userinfo_that_is_not_signed_by_the_provider_for_this_client_is_refused() {
        Map<String, Answer> wrong = new LinkedHashMap<>();
        wrong.put("plain", Answer.json("{\"sub\":\"u7\",\"groups\":[\"kitchen\"]}"));
        wrong.put("plain, though called signed", jwt("{\"sub\":\"u7\"}"));
        wrong.put("unsigned", jwt("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1NyJ9."));
        wrong.put("issuer", signed(Map.of("iss", "https://id.evil.example")));
        wrong.put("audience", signed(Map.of("aud", "another")));
        wrong.put("somebody else", signed(Map.of("sub", "u8")));
        wrong.put("over", signed(Map.of("exp", 1)));
        wrong.put("a logout", signed(Map.of("events", Map.of())));
        wrong.put("another key", jwt(Tokens.signed(Tokens.ec("ec-1"), "ES256", userinfo(Map.of()))));
        wrong.put("encrypted", jwt("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA"));
        wrong.forEach((what, answer) -> {
            try (BackOffice office = BackOffice.with(SIGNED)) {
                office.provider.userinfo = answer;
                assertThat(office.login("/admin").status()).as(what).isEqualTo(400);
            }
        });
    }

    @Test
    void userinfo_that_is_signed_where_nobody_wants_it_is_refused_with_advice() {
        try (BackOffice office = BackOffice.with("userinfo: true")) {
            office.provider.userinfo = signed(Map.of());
            assertThat(office.login("/admin").status()).isEqualTo(400);
        }
    }

    private static Map<String, Object> userinfo(Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", FakeProvider.ISSUER);
        claims.put("aud", "gatehouse-backoffice");
        claims.put("sub", "u7");
        claims.put("groups", List.of("kitchen"));
        claims.putAll(more);
        return claims;
    }

    private static Answer signed(Map<String, Object> more) {
        return jwt(Tokens.signed(FakeProvider.KEY, "ES256", userinfo(more)));
    }

    private static Answer jwt(String text) {
        return Answer.of(200, text).header("Content-Type", "application/jwt; charset=utf-8");
    }

    // ── browsers that come back with a form

    @Test
    void a_browser_comes_back_with_a_form_and_gets_to_its_page() {
        try (BackOffice office = BackOffice.overHttps(POSTED)) {
            PolicyResult sent = office.open("/admin/menus?page=2");
            assertThat(sent.header("Location")).contains("&response_mode=form_post&");
            assertThat(sent.headers("Set-Cookie"))
                    .singleElement()
                    .asString()
                    .startsWith("__Host-gatehouse-backoffice-login.")
                    .contains("SameSite=None", "Secure", "HttpOnly");

            PolicyResult back = office.send(posted(office.provider.login(sent.header("Location"))));

            assertThat(back.status()).isEqualTo(303);
            assertThat(back.header("Location")).isEqualTo("/admin/menus?page=2");
            assertThat(back.headers("Set-Cookie"))
                    .filteredOn(cookie -> cookie.startsWith("__Host-gatehouse-backoffice="))
                    .singleElement()
                    .asString()
                    .as("the session's cookie is for no form of others")
                    .contains("SameSite=Lax", "Secure");
            assertThat(office.open("/admin").status()).isEqualTo(200);
        }
    }

    @Test
    void the_code_is_taken_from_the_form_alone_and_once() {
        try (BackOffice office = BackOffice.overHttps(POSTED)) {
            String back = office.provider.login(office.open("/admin").header("Location"));
            assertThat(office.open(back).status()).as("with GET").isEqualTo(405);
            assertThat(office.send(request("POST " + back).header("Host", "shop.example.com"))
                            .status())
                    .as("in the address")
                    .isEqualTo(400);
            String form = back.substring(back.indexOf('?') + 1);
            for (String wrong : List.of("", "state=x", form + "&state=x", "x".repeat(70_000))) {
                assertThat(office.harness.send(post(wrong)).status()).as(wrong).isIn(400, 413);
            }
            Map<String, String> before = new LinkedHashMap<>(office.cookies);
            office.cookies.clear();
            assertThat(office.send(posted(back)).status()).as("another browser").isEqualTo(400);
            office.cookies.putAll(before);
            assertThat(office.send(posted(back)).status()).isEqualTo(303);
            office.cookies.putAll(before);
            assertThat(office.send(posted(back)).status()).as("once more").isEqualTo(400);
        }
    }

    @Test
    void a_no_of_the_provider_comes_with_the_form_too() {
        try (BackOffice office = BackOffice.overHttps(POSTED)) {
            String back = office.provider.login(office.open("/admin").header("Location"));
            String state = back.substring(back.indexOf("&state="));
            assertThat(office.send(post("error=access_denied" + state)).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void over_http_nobody_is_sent_to_a_login_that_cannot_end() {
        try (BackOffice office = BackOffice.with(POSTED)) {
            PolicyResult refused = office.open("/admin");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("HTTPS only");
            assertThat(refused.headers("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void without_the_setting_a_form_is_not_read() {
        try (BackOffice office = BackOffice.overHttps("")) {
            String back = office.provider.login(office.open("/admin").header("Location"));
            assertThat(office.send(posted(back)).status()).isEqualTo(405);
        }
    }

    private static PolicyRequest posted(String back) {
        return post(back.substring(back.indexOf('?') + 1));
    }

    private static PolicyRequest post(String form) {
        return request("POST " + BackOffice.CALLBACK)
                .header("Host", "shop.example.com")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(form);
    }
}
