package dev.gatehouse.policy.securityheaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.MadeResponse;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.policy.FakeContext;
import dev.gatehouse.policy.FakeExchange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecurityHeadersPolicyTest {
    private static final String YEAR = "max-age=31536000";

    @Test
    void an_answer_gets_the_fields_it_lacks() {
        assertThat(fields(usual(), FakeExchange.get()))
                .containsExactly(
                        "X-Content-Type-Options: nosniff",
                        "X-Frame-Options: DENY",
                        "Referrer-Policy: strict-origin-when-cross-origin",
                        "Cross-Origin-Opener-Policy: same-origin");
    }

    @Test
    void only_who_came_by_https_is_told_to_stay_there() {
        assertThat(fields(usual(), FakeExchange.get().https())).contains("Strict-Transport-Security: " + YEAR);
        assertThat(fields(usual(), FakeExchange.get())).noneMatch(field -> field.startsWith("Strict-Transport"));
    }

    @Test
    void what_the_service_says_is_kept() {
        FakeExchange exchange = FakeExchange.get();

        assertThat(fields(usual(), exchange, "X-Frame-Options", "SAMEORIGIN"))
                .contains("X-Frame-Options: SAMEORIGIN")
                .doesNotContain("X-Frame-Options: DENY");
        assertThat(exchange.notes()).containsExactly("kept X-Frame-Options of the service");
    }

    @Test
    void what_the_service_says_is_replaced_where_that_is_wanted() {
        SecurityHeadersConfig overriding = new SecurityHeadersConfig(
                "none", "DENY", "none", "none", "none", "default-src 'self'", "camera=()", false, true);

        assertThat(fields(overriding, FakeExchange.get().https(), "X-Frame-Options", "SAMEORIGIN"))
                .containsExactly(
                        "X-Frame-Options: DENY",
                        "Content-Security-Policy: default-src 'self'",
                        "Permissions-Policy: camera=()");
    }

    @Test
    void what_runs_behind_is_hidden_where_that_is_wanted() {
        assertThat(fields(usual(), FakeExchange.get(), "Server", "x/1")).contains("Server: x/1");

        SecurityHeadersConfig hiding =
                new SecurityHeadersConfig("none", "none", "none", "none", "none", "none", "none", true, false);
        assertThat(fields(hiding, FakeExchange.get(), "Server", "x/1", "X-Powered-By", "y"))
                .isEmpty();
    }

    @Test
    void a_value_that_browsers_would_ignore_is_refused() {
        assertThatThrownBy(() -> config("nosnif", "DENY", YEAR))
                .hasMessage("content_type_options: 'nosnif' (expected: nosniff or none)");
        assertThatThrownBy(() -> config("nosniff", "ALLOW-FROM x", YEAR))
                .hasMessage("frame_options: 'ALLOW-FROM x' (expected: DENY, SAMEORIGIN or none)");
        for (String wrong : List.of("31536000", "max-age", "max-age=1y", "includeSubDomains")) {
            assertThatThrownBy(() -> config("nosniff", "DENY", wrong))
                    .hasMessageStartingWith("strict_transport_security: '" + wrong + "'");
        }
        assertThat(config("nosniff", "DENY", "max-age=1; includeSubDomains; preload"))
                .isNotNull();
        assertThatThrownBy(() -> config("nosniff", "DENY", "max-age=1\r\nX: y"))
                .hasMessageStartingWith("strict_transport_security: character 0x0d");
    }

    private static SecurityHeadersConfig usual() {
        return config("nosniff", "DENY", YEAR);
    }

    private static SecurityHeadersConfig config(String contentType, String frame, String transport) {
        return new SecurityHeadersConfig(
                contentType,
                frame,
                "strict-origin-when-cross-origin",
                transport,
                "same-origin",
                "none",
                "none",
                false,
                false);
    }

    /// @param there names and values in turn
    private static List<String> fields(SecurityHeadersConfig config, FakeExchange exchange, String... there) {
        Response answer = Response.of(200, Body.EMPTY);
        for (int i = 0; i < there.length; i += 2) {
            answer.add(HeaderName.of(there[i]), there[i + 1]);
        }
        Staged staged = new SecurityHeadersPolicyFactory()
                .create(config, new FakeContext("security_headers", Set.of()))
                .getFirst();
        assertThat(staged.stage()).isEqualTo(Stage.RESPONSE_HEADERS);
        assertThat(staged.policy().onResponse(exchange, answer)).isEqualTo(Decision.CONTINUE);
        return ((MadeResponse) answer)
                .fields().stream()
                        .map(field -> field.name() + ": " + field.value())
                        .toList();
    }
}
