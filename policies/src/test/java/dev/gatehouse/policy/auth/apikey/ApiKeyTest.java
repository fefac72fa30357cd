package dev.gatehouse.policy.auth.apikey;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.auth.AuthPolicyFactory;
import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyRequest;
import dev.gatehouse.testkit.PolicyResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    private static final String KEY = "hush";

    @Test
    void a_good_key_is_its_consumer_and_is_not_sent_on() {
        try (PolicyHarness harness = harness("header: X-API-Key", "")) {
            PolicyResult result = harness.send(request("GET /").header("x-api-key", KEY));
            assertThat(result.status()).isEqualTo(200);
            assertThat(result.notes()).contains("consumer=acme credential=k_1 roles=[]");
            assertThat(result.sent().headers().toString()).contains("acme").doesNotContain(KEY);
        }
    }

    @Test
    void it_is_sent_on_when_the_user_wants_it() {
        try (PolicyHarness harness = harness("header: X-API-Key, keep: true", "")) {
            assertThat(harness.send(good()).sent().headers().toString()).contains(KEY);
        }
    }

    @Test
    void a_key_ends_when_its_time_is_over_and_only_the_trace_says_so() {
        try (PolicyHarness harness = harness("header: X-API-Key", ", expires: 2026-01-02T12:00:30Z")) {
            assertThat(harness.send(good()).status()).isEqualTo(200);
            harness.advance(Duration.ofSeconds(30));
            PolicyResult late = harness.send(good());
            assertThat(late.code()).isEqualTo("API_KEY_INVALID");
            assertThat(late.notes()).contains("key k_1 expired 2026-01-02T12:00:30Z");
            assertThat(late.text()).doesNotContain("k_1").doesNotContain("expired");
        }
    }

    @Test
    void an_unknown_key_is_refused_and_told_where_a_key_belongs() {
        try (PolicyHarness harness = harness("header: X-API-Key", "")) {
            PolicyResult result = harness.send(request("GET /").header("X-API-Key", "nope"));
            assertThat(result.status()).isEqualTo(401);
            assertThat(result.text()).contains("Send your key in the header X-API-Key.");
            assertThat(result.header("WWW-Authenticate"))
                    .isEqualTo("ApiKey realm=\"api\", in=\"header\", name=\"X-API-Key\"");
            assertThat(result.notes()).contains("no such key");
            assertThat(result.reachedService()).isFalse();
        }
    }

    @Test
    void of_authorization_only_the_scheme_that_was_named_is_a_key() {
        try (PolicyHarness harness = harness("in: { header: Authorization, scheme: ApiKey }", "")) {
            assertThat(harness.send(authorized("APIKEY  " + KEY)).status()).isEqualTo(200);
            assertThat(harness.send(authorized("ApiKey nope")).code()).isEqualTo("API_KEY_INVALID");
            assertThat(harness.send(authorized("ApiKey")).code()).isEqualTo("API_KEY_INVALID");
            for (String other : new String[] {"Bearer " + KEY, "ApiKey" + KEY, KEY}) {
                assertThat(harness.send(authorized(other)).code()).as(other).isEqualTo("UNAUTHENTICATED");
            }
        }
    }

    @Test
    void settings_that_say_nothing_or_too_much_are_refused() {
        assertThatThrownBy(() -> new ApiKeyConfig(null, "X-A", "key", null, false))
                .hasMessageContaining("one place");
        assertThatThrownBy(() -> new KeyPlaceConfig(null, null, null, null)).hasMessageContaining("exactly one place");
        assertThatThrownBy(() -> new KeyPlaceConfig("Authorization", null, null, null))
                .hasMessageStartingWith("scheme: ");
        assertThatThrownBy(() -> new KeyPlaceConfig(null, "ApiKey", "key", null))
                .hasMessageStartingWith("scheme: ");
        assertThatThrownBy(() -> new KeyPlaceConfig("Host", null, null, null).place())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PolicyRequest good() {
        return request("GET /").header("X-API-Key", KEY);
    }

    private static PolicyRequest authorized(String value) {
        return request("GET /").header("Authorization", value);
    }

    /// @param place as it stands in the entry
    /// @param more of the key
    private static PolicyHarness harness(String place, String more) {
        return PolicyHarness.with(new AuthPolicyFactory(), "partner")
                .sections("security: { authentication: { partner: { type: api_key, " + place + " } } }\n"
                        + "consumers: { acme: { keys: [ { id: k_1, sha256: \"" + sha256() + "\"" + more + " } ] } }")
                .open();
    }

    private static String sha256() {
        try {
            byte[] octets = KEY.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
