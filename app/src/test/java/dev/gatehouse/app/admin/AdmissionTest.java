package dev.gatehouse.app.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    private static final AdminToken TOKEN = AdminToken.of("gha_0123456789abcdefghijkl");

    private final Admission local = new Admission(new InetSocketAddress("127.0.0.1", 9000), null);
    private final Admission localWithToken = new Admission(new InetSocketAddress("::1", 9000), TOKEN);
    private final Admission open = new Admission(new InetSocketAddress("0.0.0.0", 9000), TOKEN);

    @Test
    void a_server_other_machines_can_reach_does_not_start_without_a_token() {
        assertThatThrownBy(() -> new Admission(new InetSocketAddress("0.0.0.0", 9000), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0.0.0")
                .hasMessageContaining("token");
        assertThat(Admission.needsToken(new InetSocketAddress("::", 9000))).isTrue();
        assertThat(Admission.needsToken(new InetSocketAddress("10.0.0.5", 9000)))
                .isTrue();
        assertThat(Admission.needsToken(new InetSocketAddress("::1", 9000))).isFalse();
        assertThat(Admission.needsToken(new InetSocketAddress("127.8.9.1", 9000)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9000", "LocalHost:9000", "127.0.0.1:9000", "127.1.2.3:9000", "[::1]:9000"})
    void a_loopback_host_with_the_right_port_is_let_in_without_a_token(String host) {
        assertThat(local.refusal(fields("Host", host), false)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:9000", // DNS rebinding: the name points here, the browser says it all the same
                "localhost",
                "localhost:9001",
                "localhost:09000",
                "127.0.0.1.evil.example:9000",
                "localhost.evil.example:9000",
                "10.0.0.5:9000",
                "[::2]:9000",
                "::1:9000",
                "[127.0.0.1]:9000",
                "[localhost]:9000",
                "user@localhost:9000",
                "",
                ":9000",
                "[",
                "]:9000"
            })
    void any_other_host_is_refused(String host) {
        assertRefused(local.refusal(fields("Host", host), false), 403, "FORBIDDEN");
        assertRefused(local.refusal(fields("Host", host), true), 403, "FORBIDDEN");
    }

    @Test
    void no_host_and_two_hosts_are_refused() {
        assertRefused(local.refusal(new Headers(), false), 403, "FORBIDDEN");
        Headers two = fields("Host", "localhost:9000");
        two.add("Host", "localhost:9000");
        assertRefused(local.refusal(two, false), 403, "FORBIDDEN");
    }

    @Test
    void port_80_need_not_be_named() {
        Admission plain = new Admission(new InetSocketAddress("127.0.0.1", 80), null);
        assertThat(plain.refusal(fields("Host", "localhost"), false)).isNull();
        assertThat(plain.refusal(fields("Host", "localhost", "Origin", "http://localhost"), false))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "http://localhost:3000",
                "https://localhost:9000",
                "http://127.0.0.1:9000",
                "null",
                ""
            })
    void a_page_of_another_origin_is_refused(String origin) {
        assertRefused(local.refusal(fields("Host", "localhost:9000", "Origin", origin), false), 403, "FORBIDDEN");
    }

    @Test
    void its_own_pages_are_let_in() {
        assertThat(local.refusal(fields("Host", "localhost:9000", "Origin", "http://localhost:9000"), false))
                .isNull();
    }

    @Test
    void a_token_that_was_configured_is_needed_on_loopback_too() {
        assertRefused(localWithToken.refusal(fields("Host", "[::1]:9000"), false), 401, "UNAUTHENTICATED");
        Headers right = fields("Host", "[::1]:9000", "Authorization", "Bearer " + TOKEN.reveal());
        assertThat(localWithToken.refusal(right, false)).isNull();
        Headers foreign = fields("Host", "evil.example:9000", "Authorization", "Bearer " + TOKEN.reveal());
        assertRefused(localWithToken.refusal(foreign, false), 403, "FORBIDDEN");
    }

    @Test
    void elsewhere_the_token_decides_and_the_host_does_not_matter() {
        assertThat(open.refusal(fields("Host", "gw.example:80", "Authorization", "Bearer " + TOKEN.reveal()), false))
                .isNull();
        assertThat(open.refusal(fields("Authorization", "bearer  " + TOKEN.reveal()), false))
                .as("the scheme in any case")
                .isNull();
        AdminAnswer missing = open.refusal(fields("Host", "localhost:9000"), false);
        assertRefused(missing, 401, "UNAUTHENTICATED");
        assertThat(missing.fields().get("WWW-Authenticate")).startsWith("Bearer realm=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer gha_0123456789abcdefghijkm",
                "Bearer gha_0123456789abcdefghijk",
                "Bearer gha_0123456789abcdefghijkl0",
                "Bearer ",
                "Bearer",
                "gha_0123456789abcdefghijkl",
                "Basic gha_0123456789abcdefghijkl",
                "Bearer gha_0123456789abcdefghijkl, Bearer gha_0123456789abcdefghijkl"
            })
    void a_wrong_token_is_refused(String authorization) {
        AdminAnswer refusal = open.refusal(fields("Authorization", authorization), false);
        assertRefused(refusal, 401, "INVALID_TOKEN");
        assertThat(refusal.fields().get("WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(refusal.body()).doesNotContain(TOKEN.reveal());
    }

    @Test
    void two_tokens_are_none() {
        Headers two = fields("Authorization", "Bearer " + TOKEN.reveal());
        two.add("Authorization", "Bearer " + TOKEN.reveal());
        assertRefused(open.refusal(two, false), 401, "INVALID_TOKEN");
    }

    @Test
    void a_probe_needs_no_token_but_is_not_trusted_without_it() {
        assertThat(open.refusal(new Headers(), true)).isNull();
        assertThat(open.isTrusted(new Headers())).isFalse();
        assertThat(open.isTrusted(fields("Authorization", "Bearer " + TOKEN.reveal())))
                .isTrue();
        assertThat(local.isTrusted(new Headers())).isTrue();
    }

    private static void assertRefused(AdminAnswer refusal, int status, String code) {
        assertThat(refusal).isNotNull();
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.contentType()).isEqualTo("application/problem+json");
        assertThat(refusal.body()).contains("\"code\":\"" + code + "\"");
    }

    private static Headers fields(String... namesAndValues) {
        Headers fields = new Headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
