package dev.gatehouse.policy.csrf;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyRequest;
import dev.gatehouse.testkit.PolicyResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsrfPolicyTest {
    private static final String SETTINGS = "{ always: true, trusted_origins: [ https://shop.example ] }";

    @Test
    void browsers_say_from_where_a_request_comes_and_are_believed() {
        try (PolicyHarness harness = harness()) {
            for (String own : List.of("same-origin", "none")) {
                assertThat(harness.send(post().header("Sec-Fetch-Site", own)).status())
                        .as(own)
                        .isEqualTo(200);
            }
            for (String other : List.of("cross-site", "same-site", "new-word")) {
                PolicyResult refused = harness.send(post().header("Sec-Fetch-Site", other));
                assertThat(refused.status()).as(other).isEqualTo(403);
                assertThat(refused.text()).contains("sent by a page of another site");
                assertThat(refused.reachedService()).isFalse();
                assertThat(harness.send(post().header("Sec-Fetch-Site", other).header("Origin", "https://shop.example"))
                                .status())
                        .as(other + " from a trusted origin")
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void whoever_is_known_by_what_browsers_send_by_themselves_is_guarded_without_being_told_to() {
        String sections = """
            security:
              authentication:
                by_cookie: { type: api_key, in: { cookie: key } }
                by_field: { type: api_key, in: { header: X-API-Key } }
            consumers:
              acme: { keys: [ { id: k_1, sha256: %s } ] }
            """;
        PolicyHarness.Setup setup = PolicyHarness.with(new CsrfPolicyFactory(), "{}")
                .sections(sections.formatted("85dbe15d75ef9308c7ae0f33c7a324cc6f4bf519a2ed2f3027bd33c140a4f9aa"))
                .route("auth: [ by_cookie, by_field ]");
        try (PolicyHarness harness = setup.open()) {
            PolicyRequest fromElsewhere = post().header("Sec-Fetch-Site", "cross-site");
            assertThat(harness.send(fromElsewhere.header("Cookie", "key=secret-key"))
                            .status())
                    .isEqualTo(403);
            assertThat(harness.send(fromElsewhere.header("X-API-Key", "secret-key"))
                            .status())
                    .isEqualTo(200);
            // The token's cookie comes in one field with the credential, which the service is not sent.
            PolicyResult repeated = harness.send(
                    post().header("Cookie", "key=secret-key; __Host-csrf=t").header("X-CSRF-Token", "t"));
            assertThat(repeated.status()).isEqualTo(200);
            assertThat(repeated.sent().header("Cookie")).isEqualTo("sid=1; __Host-csrf=t");
        }
    }

    @Test
    void an_origin_is_compared_whole_where_a_browser_says_no_more() {
        try (PolicyHarness harness = harness()) {
            for (String own : List.of("http://api.example", "https://shop.example")) {
                assertThat(harness.send(post().header("Host", "api.example").header("Origin", own))
                                .status())
                        .as(own)
                        .isEqualTo(200);
            }
            for (String other : List.of(
                    "null",
                    "https://api.example",
                    "http://api.example.evil.com",
                    "http://evil.com/api.example",
                    "http://api.example:81",
                    "https://shop.example.evil.com",
                    "http://a.api.example")) {
                assertThat(harness.send(post().header("Host", "api.example").header("Origin", other))
                                .status())
                        .as(other)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void who_says_nothing_repeats_the_token() {
        try (PolicyHarness harness = harness()) {
            PolicyResult refused = harness.send(post());
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("cookie __Host-csrf", "header X-CSRF-Token");

            String set =
                    harness.send(request("GET /").header("Cookie", "sid=1")).header("Set-Cookie");
            assertThat(set).matches("__Host-csrf=[0-9a-f]{32}; Path=/; Secure; SameSite=Lax");
            String token = set.substring(set.indexOf('=') + 1, set.indexOf(';'));
            PolicyRequest holds = request("POST /").header("Cookie", "sid=1; __Host-csrf=" + token);
            assertThat(harness.send(holds.header("X-CSRF-Token", token)).status())
                    .isEqualTo(200);
            assertThat(harness.send(holds.header("X-CSRF-Token", token + "0")).status())
                    .isEqualTo(403);
            assertThat(harness.send(holds).status()).isEqualTo(403);
            assertThat(harness.send(holds).header("Set-Cookie")).isNull();
            assertThat(harness.send(request("POST /")
                                    .header("Cookie", "__Host-csrf=")
                                    .header("X-CSRF-Token", ""))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void reading_passes_and_a_websocket_is_no_reading() {
        try (PolicyHarness harness = harness()) {
            PolicyRequest get = request("GET /").header("Cookie", "sid=1").header("Origin", "https://evil.example");
            assertThat(harness.send(get).status()).isEqualTo(200);
            assertThat(harness.send(get.header("Sec-WebSocket-Version", "13")).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void credentials_that_a_page_sends_itself_need_no_guard() {
        CsrfPolicy policy = new CsrfPolicy(new CsrfConfig(List.of(), false, "__Host-csrf", "X-CSRF-Token"), () -> "t");
        FakeExchange bearer = FakeExchange.get().method("POST").header("Origin", "https://evil.example");
        assertThat(policy.onRequest(bearer)).isEqualTo(Decision.CONTINUE);

        FakeExchange cookie = FakeExchange.get().method("POST").header("Origin", "https://evil.example");
        cookie.set(Identity.AMBIENT, true);
        assertThat(policy.onRequest(cookie)).isInstanceOf(Decision.Reject.class);
    }

    private static PolicyHarness harness() {
        return PolicyHarness.of(new CsrfPolicyFactory(), SETTINGS);
    }

    private static PolicyRequest post() {
        return request("POST /orders").header("Cookie", "sid=1");
    }
}
