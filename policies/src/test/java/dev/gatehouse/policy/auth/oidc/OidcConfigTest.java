package dev.gatehouse.policy.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.policy.auth.AuthPolicyFactory;
import dev.gatehouse.testkit.PolicyHarness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OidcConfigTest {
    private static final String DISCOVERY = "https://id.tasty.example/.well-known/openid-configuration";

    @Test
    void a_mistake_is_told_at_its_place() {
        Map<String, String> mistakes = new LinkedHashMap<>();
        mistakes.put("scopes: [profile]", "without openid there is no login");
        mistakes.put("scopes: ['open id']", "no name of a scope");
        mistakes.put("discovery_url: https://id.tasty.example/", "ends in /.well-known/openid-configuration");
        mistakes.put("discovery_url: ftp://id.tasty.example/", "expected: a URL");
        mistakes.put("client_secret: ''", "client_secret");
        mistakes.put("parameters: { state: x }", "the gateway sets 'state' itself");
        mistakes.put("callback_path: https://shop.example.com/cb", "expected: a path");
        mistakes.put("callback_path: /a\nlogout_path: /a", "callback_path");
        mistakes.put("after_logout: //evil.example", "expected: a path");
        mistakes.put("base_url: https://shop.example.com/shop", "has no path");
        mistakes.put("roles_from: ' '", "roles_from");
        mistakes.put("algorithms: [HS256]", "HS256 is made with client_secret, which needs at least 32 octets");
        mistakes.put("algorithms: [none]", "algorithms");
        mistakes.put("userinfo_signed: true", "only where 'userinfo' is asked for");
        mistakes.put("response_mode: form_post\nbase_url: http://shop.example.com", "form_post needs HTTPS");
        mistakes.put("parameters: { response_mode: form_post }", "the gateway sets 'response_mode' itself");
        mistakes.put("session: { cache: 2m }", "cache");
        mistakes.put("session: { secret: short }", "at least 32 octets");
        mistakes.put("session: { idle: 13h }", "longer than 'lasts'");
        mistakes.put("session: { cookie: __Host-x }", "without a prefix");
        mistakes.put("session: { store: nowhere }", "there is no store 'nowhere'");
        mistakes.put(
                "session: { previous_secrets: [0123456789abcdef0123456789abcdef] }",
                "only where there is a 'secret' now");
        mistakes.forEach((settings, told) ->
                assertThat(catchThrowable(() -> open(settings))).as(settings).hasMessageContaining(told));
    }

    @Test
    void a_client_without_a_secret_needs_one_for_its_cookies() {
        assertThat(catchThrowable(() -> open("client_secret: null"))).hasMessageContaining("needs a 'secret'");
        open("client_secret: null\nsession: { secret: 0123456789abcdef0123456789abcdef }");
    }

    @Test
    void a_secret_that_could_be_guessed_from_a_cookie_is_told_at_its_place() {
        for (String weak : List.of("s3cret", "0123456789abcdef0123456789abcde", "ab".repeat(40))) {
            assertThat(check("client_secret: " + weak))
                    .contains("warning", "client_secret")
                    .contains("is all that seals the cookies")
                    .doesNotContain(": " + weak.substring(0, 6) + " ");
        }
        assertThat(check("client_secret: 0123456789abcdef0123456789abcdef")).doesNotContain("seals the cookies");
        assertThat(check("client_secret: s3cret\nsession: { secret: 0123456789abcdef0123456789abcdef }"))
                .doesNotContain("seals the cookies");
    }

    @Test
    void no_secret_is_printed() {
        assertThat(catchThrowable(() -> open("client_secret: my-very-own-secret-of-octets\nscopes: [profile]")))
                .hasMessageNotContaining("very-own");
    }

    private static void open(String settings) {
        setup(settings).open().close();
    }

    private static String check(String settings) {
        return setup(settings).check();
    }

    private static PolicyHarness.Setup setup(String settings) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("discovery_url", "discovery_url: " + DISCOVERY);
        lines.put("client_id", "client_id: gatehouse");
        lines.put("client_secret", "client_secret: s3cret-s3cret-s3cret");
        for (String line : settings.split("\n")) {
            String key = line.substring(0, line.indexOf(':'));
            if (line.endsWith(": null")) {
                lines.remove(key);
            } else {
                lines.put(key, line);
            }
        }
        String section = "security:\n  authentication:\n    backoffice:\n      type: oidc\n"
                + String.join("\n", lines.values()).indent(6);
        return PolicyHarness.with(new AuthPolicyFactory(), "backoffice").sections(section);
    }
}
