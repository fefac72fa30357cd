package dev.gatehouse.policy.auth.oidc;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.PolicyResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    private static final String COOKIE = "gatehouse-backoffice";
    private static final String IN_COOKIE = "session: { in: cookie }";
    private static final String IN_STORE = "session: { in: store, store: memory }";

    @ParameterizedTest
    @ValueSource(strings = {IN_COOKIE, IN_STORE})
    void a_session_ends_when_nobody_comes_any_more(String session) {
        try (BackOffice office = BackOffice.with(session)) {
            office.provider.refreshToken = null;
            office.loggedIn();
            for (int i = 0; i < 5; i++) {
                office.pass(Duration.ofMinutes(50));
                PolicyResult page = office.open("/admin");
                assertThat(page.status()).isEqualTo(200);
                assertThat(page.headers("Set-Cookie")).as("prolonged").isNotEmpty();
            }
            office.pass(Duration.ofMinutes(61));
            assertThat(office.open("/admin").status()).isEqualTo(302);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {IN_COOKIE, IN_STORE})
    void a_session_ends_in_the_end_however_busy(String session) {
        try (BackOffice office = BackOffice.with(session)) {
            office.provider.refreshToken = null;
            office.loggedIn();
            for (int i = 0; i < 17; i++) {
                office.pass(Duration.ofMinutes(40));
                assertThat(office.open("/admin").status()).isEqualTo(200);
            }
            office.pass(Duration.ofMinutes(41));
            assertThat(office.open("/admin").status()).isEqualTo(302);
            assertThat(office.send(request("GET /admin").header("Accept", "application/json"))
                            .status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {IN_COOKIE, IN_STORE})
    void tokens_are_refreshed_before_they_run_out_once_for_all_who_come(String session) {
        try (BackOffice office = BackOffice.with(session)) {
            office.loggedIn();
            Map<String, String> before = new LinkedHashMap<>(office.cookies);
            office.provider.claims.put("groups", List.of("support"));
            office.pass(Duration.ofSeconds(280));

            PolicyResult page = office.open("/admin");

            assertThat(page.sent().toString()).contains("X-User-Roles=support");
            assertThat(page.headers("Set-Cookie")).hasSize(1);
            office.cookies.clear();
            office.cookies.putAll(before);
            assertThat(office.open("/admin").status())
                    .as("who still has the old cookie")
                    .isEqualTo(200);
            assertThat(office.provider.refreshes).isEqualTo(1);
        }
    }

    @Test
    void the_provider_ends_a_session_by_saying_no_to_a_refresh() {
        try (BackOffice office = BackOffice.open()) {
            office.loggedIn();
            Map<String, String> before = new LinkedHashMap<>(office.cookies);
            office.provider.refreshToken = "another";
            office.pass(Duration.ofSeconds(280));

            assertThat(office.open("/admin").status()).isEqualTo(302);

            office.cookies.clear();
            office.cookies.putAll(before);
            assertThat(office.open("/admin").status())
                    .as("a copy of the cookie")
                    .isEqualTo(302);
        }
    }

    @Test
    void a_refresh_that_speaks_of_somebody_else_ends_the_session() {
        try (BackOffice office = BackOffice.open()) {
            office.loggedIn();
            office.provider.claims.put("sub", "u8");
            office.pass(Duration.ofSeconds(280));
            assertThat(office.open("/admin").status()).isEqualTo(302);
        }
    }

    @Test
    void a_provider_that_is_down_ends_no_session_and_is_not_asked_all_the_time() {
        try (BackOffice office = BackOffice.open()) {
            office.loggedIn();
            office.provider.insteadOfTokens = Answer.of(503, "");
            office.pass(Duration.ofSeconds(280));
            int before = office.provider.asked.size();
            for (int i = 0; i < 10; i++) {
                assertThat(office.open("/admin").status()).isEqualTo(200);
            }
            assertThat(office.provider.asked).hasSize(before + 1);

            office.provider.insteadOfTokens = null;
            office.pass(Duration.ofSeconds(10));
            assertThat(office.open("/admin").status()).isEqualTo(200);
            assertThat(office.provider.refreshes).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {IN_COOKIE, IN_STORE})
    void a_logout_ends_the_session_here_and_at_the_provider_for_every_copy_of_the_cookie(String session) {
        try (BackOffice office = BackOffice.with(session)) {
            office.loggedIn();
            Map<String, String> before = new LinkedHashMap<>(office.cookies);

            PolicyResult left = office.open(BackOffice.LOGOUT);

            assertThat(left.status()).isEqualTo(302);
            assertThat(left.header("Location"))
                    .startsWith(FakeProvider.ISSUER + "/leave?id_token_hint=ey")
                    .contains("client_id=gatehouse-backoffice")
                    .contains("post_logout_redirect_uri=http%3A%2F%2Fshop.example.com%2F");
            assertThat(office.cookies).isEmpty();
            office.cookies.putAll(before);
            assertThat(office.open("/admin").status()).isEqualTo(302);
        }
    }

    @Test
    void a_logout_works_without_a_provider_and_not_for_pages_of_others() {
        try (BackOffice office = BackOffice.with("after_logout: /bye")) {
            office.loggedIn();
            assertThat(office.send(BackOffice.page(BackOffice.LOGOUT).header("Sec-Fetch-Site", "cross-site"))
                            .status())
                    .isEqualTo(403);
            assertThat(office.open("/admin").status()).isEqualTo(200);
            office.provider.discovery.remove("end_session_endpoint");
            office.pass(Duration.ofMinutes(11));
            office.open("/admin");
            office.open("/admin");
            assertThat(office.open(BackOffice.LOGOUT).header("Location")).isEqualTo("/bye");
        }
    }

    @Test
    void the_provider_ends_sessions_by_login_and_by_user() {
        for (Map<String, Object> whose : List.<Map<String, Object>>of(
                Map.of("sid", "s-1"), Map.of("sub", "u7"), Map.of("sub", "u7", "sid", "s-1"))) {
            try (BackOffice office = BackOffice.open()) {
                office.loggedIn();
                office.pass(Duration.ofSeconds(1));

                PolicyResult told = tell(office, office.provider.logoutToken(whose));

                assertThat(told.status()).isEqualTo(200);
                assertThat(told.header("Cache-Control")).isEqualTo("no-store");
                assertThat(office.open("/admin").status()).as("%s", whose).isEqualTo(302);
                office.provider.claims.put("sid", "s-2");
                office.pass(Duration.ofSeconds(1));
                office.loggedIn();
            }
        }
    }

    @Test
    void a_logout_token_with_a_mistake_ends_nothing() {
        Map<String, Map<String, Object>> mistakes = new LinkedHashMap<>();
        mistakes.put("issuer", Map.of("sid", "s-1", "iss", "https://id.evil.example"));
        mistakes.put("audience", Map.of("sid", "s-1", "aud", "another"));
        mistakes.put("events", Map.of("sid", "s-1", "events", Map.of("other", Map.of())));
        mistakes.put("nonce", Map.of("sid", "s-1", "nonce", "n"));
        mistakes.put("neither", Map.of());
        mistakes.put("expired", Map.of("sid", "s-1", "exp", 1));
        mistakes.put("iat", Map.of("sid", "s-1", "iat", ""));
        try (BackOffice office = BackOffice.open()) {
            office.loggedIn();
            mistakes.forEach((what, claims) -> assertThat(
                            tell(office, office.provider.logoutToken(claims)).status())
                    .as(what)
                    .isEqualTo(400));
            assertThat(tell(office, "no.token.atall").status()).isEqualTo(400);
            assertThat(tell(office, "").status()).isEqualTo(400);
            assertThat(office.send(request("GET " + BackOffice.BACKCHANNEL)).status())
                    .isEqualTo(405);
            assertThat(office.open("/admin").status()).isEqualTo(200);
        }
    }

    private static PolicyResult tell(BackOffice office, String token) {
        return office.harness.send(request("POST " + BackOffice.BACKCHANNEL)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body("logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
    }

    @Test
    void a_large_session_goes_over_several_cookies_and_one_that_is_too_large_is_refused() {
        try (BackOffice office = BackOffice.open()) {
            office.provider.claims.put("groups", names(280));
            office.loggedIn();
            assertThat(office.cookies.keySet()).containsExactly(COOKIE, COOKIE + ".1", COOKIE + ".2");
            assertThat(office.open("/admin").sent().toString())
                    .contains("group-number-279")
                    .doesNotContain(COOKIE);

            office.provider.claims.put("groups", List.of("admin"));
            office.pass(Duration.ofSeconds(280));
            office.open("/admin");
            assertThat(office.cookies.keySet()).containsExactly(COOKIE);
            assertThat(office.open("/admin").sent().toString()).contains("X-User-Roles=admin");
        }
        try (BackOffice office = BackOffice.open()) {
            office.provider.claims.put("groups", names(450));
            office.provider.refreshToken = "r".repeat(8000);
            PolicyResult refused = office.login("/admin");
            assertThat(refused.status()).isEqualTo(500);
            assertThat(refused.text()).contains("cannot be kept here");
        }
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "group-number-" + i).toList();
    }

    @Test
    void a_token_goes_to_the_service_only_where_that_is_wanted() {
        try (BackOffice office = BackOffice.with("forward: access_token")) {
            office.loggedIn();
            assertThat(office.open("/admin").sent().toString()).contains("Authorization=Bearer access-0");
            office.pass(Duration.ofSeconds(280));
            assertThat(office.open("/admin").sent().toString()).contains("Authorization=Bearer access-1");
            office.provider.insteadOfTokens = Answer.of(503, "");
            office.pass(Duration.ofSeconds(400));
            assertThat(office.open("/admin").status()).isEqualTo(503);
        }
        try (BackOffice office = BackOffice.open()) {
            office.loggedIn();
            assertThat(office.open("/admin").sent().toString()).doesNotContain("Authorization");
        }
    }

    @Test
    void a_cookie_that_is_renewed_is_given_to_no_shared_cache() {
        try (BackOffice office = BackOffice.open()) {
            office.loggedIn();
            office.harness.serviceAnswers(Answer.of(200, "ok").header("Cache-Control", "public, max-age=600"));
            assertThat(office.open("/admin").header("Cache-Control")).isEqualTo("public, max-age=600");
            office.pass(Duration.ofMinutes(10));
            assertThat(office.open("/admin").header("Cache-Control")).isEqualTo("private, no-cache");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {IN_COOKIE, IN_STORE})
    void whatever_is_shown_in_place_of_the_cookie_is_nobody(String session) {
        try (BackOffice office = BackOffice.with(session)) {
            office.loggedIn();
            String good = office.cookies.get(COOKIE);
            Random random = new Random(7);
            for (int i = 0; i < 3000; i++) {
                String made = mutated(good, random);
                PolicyResult result = office.harness.send(request("GET /admin")
                        .header("Accept", "application/json")
                        .header("Cookie", COOKIE + "=" + made));
                boolean same = made.equals(good) || office.cookies.containsValue(made);
                assertThat(result.status()).as(made).isEqualTo(same ? 200 : 401);
            }
        }
    }

    private static String mutated(String good, Random random) {
        String alphabet = "ABCabc019-_.=~";
        StringBuilder made = new StringBuilder(good);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && made.length() > 1; i++) {
            // The last character holds bits that are no part of the octets.
            int at = random.nextInt(made.length() - 1);
            switch (random.nextInt(4)) {
                case 0 -> made.setCharAt(at, other(made.charAt(at), alphabet, random));
                case 1 -> made.deleteCharAt(at);
                case 2 -> made.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                default -> made.setLength(at);
            }
        }
        return made.toString();
    }

    private static char other(char is, String alphabet, Random random) {
        char made = is;
        while (made == is) {
            made = alphabet.charAt(random.nextInt(alphabet.length()));
        }
        return made;
    }
}
