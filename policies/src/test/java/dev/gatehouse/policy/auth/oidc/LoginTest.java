package dev.gatehouse.policy.auth.oidc;

import static dev.gatehouse.policy.auth.oidc.BackOffice.page;
import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.auth.Tokens;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.PolicyResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginTest {
    @Test
    void who_opens_a_page_logs_in_and_gets_to_it() {
        try (BackOffice office = BackOffice.open()) {
            PolicyResult sent = office.open("/admin/menus?page=2");

            assertThat(sent.status()).isEqualTo(302);
            assertThat(sent.reachedService()).isFalse();
            assertThat(sent.header("Cache-Control")).isEqualTo("no-store");
            assertThat(sent.header("Location"))
                    .contains("redirect_uri=http%3A%2F%2Fshop.example.com%2F.gatehouse%2Fbackoffice%2Fcallback");
            assertThat(sent.headers("Set-Cookie"))
                    .singleElement()
                    .asString()
                    .startsWith("gatehouse-backoffice-login.")
                    .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=900");

            PolicyResult back = office.open(office.provider.login(sent.header("Location")));

            assertThat(back.status()).isEqualTo(302);
            assertThat(back.header("Location")).isEqualTo("/admin/menus?page=2");
            assertThat(office.cookies.keySet()).as("the login's own is gone").containsExactly("gatehouse-backoffice");

            office.cookies.put("theme", "dark");
            PolicyResult page = office.open("/admin/menus?page=2");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.sent().toString()).contains("X-User-Id=u7", "X-User-Roles=admin", "Cookie=theme=dark");
            assertThat(page.sent().toString()).doesNotContain("gatehouse-backoffice=");
            assertThat(page.headers("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void the_provider_is_told_what_browsers_see_of_this_gateway() {
        try (BackOffice office = BackOffice.with("base_url: https://shop.example.com\ncallback_path: /done")) {
            PolicyResult sent = office.open("/admin");

            assertThat(sent.header("Location")).contains("redirect_uri=https%3A%2F%2Fshop.example.com%2Fdone&");
        }
    }

    @Test
    void a_script_or_a_program_is_told_that_a_login_is_missing() {
        try (BackOffice office = BackOffice.open()) {
            assertThat(office.send(request("GET /admin").header("Accept", "application/json"))
                            .status())
                    .isEqualTo(401);
            assertThat(office.send(request("GET /admin")
                                    .header("Accept", "text/html")
                                    .header("Sec-Fetch-Mode", "cors"))
                            .status())
                    .isEqualTo(401);
            assertThat(office.send(request("POST /admin")
                                    .header("Accept", "text/html")
                                    .body("a=b"))
                            .status())
                    .isEqualTo(401);
            assertThat(office.provider.asked).isEmpty();
        }
    }

    @Test
    void a_callback_is_good_for_one_time() {
        try (BackOffice office = BackOffice.open()) {
            PolicyResult sent = office.open("/admin");
            Map<String, String> before = new LinkedHashMap<>(office.cookies);
            String callback = office.provider.login(sent.header("Location"));
            assertThat(office.open(callback).status()).isEqualTo(302);

            office.cookies.clear();
            office.cookies.putAll(before);
            PolicyResult again = office.open(callback);

            assertThat(again.status()).isEqualTo(400);
            assertThat(again.text()).contains("Open the page you wanted again");
            assertThat(again.headers("Set-Cookie")).isEmpty();
            assertThat(office.provider.asked.stream().filter("POST /token"::equals))
                    .hasSize(1);
        }
    }

    @Test
    void a_login_that_another_browser_began_is_refused() {
        try (BackOffice office = BackOffice.open()) {
            String callback = office.provider.login(office.open("/admin").header("Location"));
            Map<String, String> attackers = new LinkedHashMap<>(office.cookies);
            office.cookies.clear();

            assertThat(office.open(callback).status()).as("no cookie").isEqualTo(400);

            office.open("/admin");
            assertThat(office.open(callback).status())
                    .as("the cookie of another login")
                    .isEqualTo(400);

            String name = attackers.keySet().iterator().next();
            String own = office.cookies.values().iterator().next();
            office.cookies.clear();
            office.cookies.put(name, own);
            assertThat(office.open(callback).status()).as("under another name").isEqualTo(400);
            assertThat(office.provider.asked).doesNotContain("POST /token");
        }
    }

    @Test
    void a_login_ends_in_its_time_and_with_all_its_parameters_or_not_at_all() {
        try (BackOffice office = BackOffice.open()) {
            String callback = office.provider.login(office.open("/admin").header("Location"));
            String state = callback.substring(callback.indexOf("&state="));

            assertThat(office.open(BackOffice.CALLBACK).status()).isEqualTo(400);
            assertThat(office.open(BackOffice.CALLBACK + "?code=x&state=").status())
                    .isEqualTo(400);
            assertThat(office.open(callback + state).status()).as("state twice").isEqualTo(400);
            assertThat(office.open(callback + "%zz").status()).isEqualTo(400);
            assertThat(office.open(callback.replace("state=", "state=A")).status())
                    .isEqualTo(400);
            assertThat(office.send(request("POST " + callback).body("")).status())
                    .isEqualTo(405);

            office.pass(PendingLogin.PATIENCE);
            assertThat(office.open(callback).status()).isEqualTo(400);
        }
    }

    @Test
    void the_provider_may_say_no() {
        try (BackOffice office = BackOffice.open()) {
            String callback = office.provider.login(office.open("/admin").header("Location"));
            String state = callback.substring(callback.indexOf("state="));
            PolicyResult denied = office.open(BackOffice.CALLBACK + "?error=access_denied&" + state);
            assertThat(denied.status()).isEqualTo(403);

            String later = office.provider.login(office.open("/admin").header("Location"));
            assertThat(office.open(BackOffice.CALLBACK + "?error=temporarily_unavailable&"
                                    + later.substring(later.indexOf("state=")))
                            .status())
                    .isEqualTo(503);
        }
    }

    @Test
    void an_id_token_with_a_mistake_is_no_login() {
        Map<String, Object> mistakes = Map.of(
                "iss", "https://id.evil.example",
                "aud", "another-client",
                "azp", "another-client",
                "exp", 1,
                "sub", "",
                "events", Map.of());
        mistakes.forEach((claim, value) -> {
            try (BackOffice office = BackOffice.open()) {
                office.provider.claims.put(claim, value);
                assertThat(office.login("/admin").status()).as(claim).isEqualTo(400);
                assertThat(office.cookies).as(claim).doesNotContainKey("gatehouse-backoffice");
            }
        });
        try (BackOffice office = BackOffice.open()) {
            office.provider.claims.put("aud", List.of("gatehouse-backoffice", "another"));
            assertThat(office.login("/admin").status())
                    .as("several audiences, no azp")
                    .isEqualTo(400);
        }
        try (BackOffice office = BackOffice.open()) {
            office.provider.nonce = "of-another-login";
            assertThat(office.login("/admin").status()).as("nonce").isEqualTo(400);
        }
        try (BackOffice office = BackOffice.open()) {
            office.provider.signs = Tokens.ec("ec-1");
            assertThat(office.login("/admin").status()).as("signature").isEqualTo(400);
        }
    }

    @Test
    void a_code_of_another_login_is_refused_by_pkce() {
        try (BackOffice office = BackOffice.open()) {
            String stolen = office.provider.login(office.open("/admin").header("Location"));
            String own = office.provider.login(office.open("/admin").header("Location"));
            String code = stolen.substring(stolen.indexOf("code="), stolen.indexOf('&'));

            PolicyResult injected = office.open(BackOffice.CALLBACK + "?" + code + own.substring(own.indexOf('&')));

            assertThat(injected.status()).isEqualTo(400);
            assertThat(office.cookies).doesNotContainKey("gatehouse-backoffice");
        }
    }

    @Test
    void nobody_is_sent_to_another_host_after_a_login() {
        for (String path : List.of("//evil.example/", "/%5Cevil.example", "///evil.example")) {
            try (BackOffice office = BackOffice.open()) {
                PolicyResult sent = office.open(path);
                if (sent.status() == 302) {
                    String back = office.open(office.provider.login(sent.header("Location")))
                            .header("Location");
                    assertThat(back).as(path).startsWith("/");
                    assertThat(back).as(path).doesNotStartWith("//").doesNotStartWith("/\\");
                }
            }
        }
        assertThat(OwnAddress.local("//evil.example")).isEqualTo("/");
        assertThat(OwnAddress.local("/\\evil.example")).isEqualTo("/");
        assertThat(OwnAddress.local("https://evil.example")).isEqualTo("/");
        assertThat(OwnAddress.local("/a\r\nSet-Cookie: x")).isEqualTo("/");
        assertThat(OwnAddress.local("/a?b=//c")).isEqualTo("/a?b=//c");
    }

    @Test
    void a_provider_that_is_down_or_mad_keeps_nobody_out_who_is_in() {
        List<Answer> mad = List.of(
                Answer.of(503, "down"),
                Answer.of(200, "<html>please wait</html>"),
                Answer.json("{\"issuer\":\"https://id.evil.example\"}"),
                Answer.json("[]"));
        for (Answer answer : mad) {
            try (BackOffice office = BackOffice.open()) {
                office.provider.instead = answer;
                PolicyResult sent = office.open("/admin");
                assertThat(sent.status()).isEqualTo(503);
                assertThat(sent.text()).contains("Nobody can log in at the moment");

                office.provider.instead = null;
                office.pass(Duration.ofSeconds(2));
                office.loggedIn();

                office.provider.instead = answer;
                office.pass(Duration.ofMinutes(20));
                assertThat(office.open("/admin").status()).as("the session").isEqualTo(200);
            }
        }
    }

    @Test
    void a_provider_that_goes_down_between_is_told_apart_from_one_that_says_no() {
        try (BackOffice office = BackOffice.open()) {
            String callback = office.provider.login(office.open("/admin").header("Location"));
            office.provider.insteadOfTokens = Answer.of(502, "<html>");
            assertThat(office.open(callback).status()).isEqualTo(503);
        }
    }

    @Test
    void userinfo_adds_what_the_id_token_does_not_say() {
        try (BackOffice office = BackOffice.with("userinfo: true")) {
            office.loggedIn();
            assertThat(office.provider.asked).contains("GET /userinfo");
        }
    }

    @Test
    void tabs_log_in_beside_each_other_but_not_without_end() {
        try (BackOffice office = BackOffice.open()) {
            String first = office.provider.login(office.open("/admin").header("Location"));
            String second = office.provider.login(office.open("/admin/2").header("Location"));
            assertThat(office.open(first).header("Location")).isEqualTo("/admin");
            assertThat(office.open(second).header("Location")).isEqualTo("/admin/2");

            office.cookies.clear();
            for (int i = 0; i < 20; i++) {
                office.open("/admin");
            }
            assertThat(office.cookies).hasSizeLessThanOrEqualTo(6);
        }
    }
}
