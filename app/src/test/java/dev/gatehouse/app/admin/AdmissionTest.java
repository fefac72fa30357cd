package dev.gatehouse.app.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import dev.gatehouse.app.admin.Admission.Entry;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.config.AdminTokenConfig;
import dev.gatehouse.engine.config.Moment;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    private static final AdminToken TOKEN = AdminToken.of("gha_0123456789abcdefghijkl");

    private final Admission local = new Admission(new InetSocketAddress("127.0.0.1", 9000), AdminTokens.NONE);
    private final Admission localWithToken = new Admission(new InetSocketAddress("::1", 9000), AdminTokens.of(TOKEN));
    private final Admission open = new Admission(new InetSocketAddress("0.0.0.0", 9000), AdminTokens.of(TOKEN));

    @Test
    void a_server_other_machines_can_reach_does_not_start_without_a_token() {
        assertThatThrownBy(() -> new Admission(new InetSocketAddress("0.0.0.0", 9000), AdminTokens.NONE))
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
        assertThat(refusal(local, fields("Host", host), false)).isNull();
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
        assertRefused(refusal(local, fields("Host", host), false), 403, "FORBIDDEN");
        assertRefused(refusal(local, fields("Host", host), true), 403, "FORBIDDEN");
    }

    @Test
    void no_host_and_two_hosts_are_refused() {
        assertRefused(refusal(local, new Headers(), false), 403, "FORBIDDEN");
        Headers two = fields("Host", "localhost:9000");
        two.add("Host", "localhost:9000");
        assertRefused(refusal(local, two, false), 403, "FORBIDDEN");
    }

    @Test
    void port_80_need_not_be_named() {
        Admission plain = new Admission(new InetSocketAddress("127.0.0.1", 80), AdminTokens.NONE);
        assertThat(refusal(plain, fields("Host", "localhost"), false)).isNull();
        assertThat(refusal(plain, fields("Host", "localhost", "Origin", "http://localhost"), false))
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
        assertRefused(refusal(local, fields("Host", "localhost:9000", "Origin", origin), false), 403, "FORBIDDEN");
    }

    @Test
    void its_own_pages_are_let_in() {
        assertThat(refusal(local, fields("Host", "localhost:9000", "Origin", "http://localhost:9000"), false))
                .isNull();
    }

    @Test
    void a_token_that_was_configured_is_needed_on_loopback_too() {
        assertRefused(refusal(localWithToken, fields("Host", "[::1]:9000"), false), 401, "UNAUTHENTICATED");
        Headers right = fields("Host", "[::1]:9000", "Authorization", "Bearer " + TOKEN.reveal());
        assertThat(refusal(localWithToken, right, false)).isNull();
        Headers foreign = fields("Host", "evil.example:9000", "Authorization", "Bearer " + TOKEN.reveal());
        assertRefused(refusal(localWithToken, foreign, false), 403, "FORBIDDEN");
    }

    @Test
    void elsewhere_the_token_decides_and_the_host_does_not_matter() {
        assertThat(refusal(open, fields("Host", "gw.example:80", "Authorization", "Bearer " + TOKEN.reveal()), false))
                .isNull();
        assertThat(refusal(open, fields("Authorization", "bearer  " + TOKEN.reveal()), false))
                .as("the scheme in any case")
                .isNull();
        AdminAnswer missing = refusal(open, fields("Host", "localhost:9000"), false);
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
        AdminAnswer refusal = refusal(open, fields("Authorization", authorization), false);
        assertRefused(refusal, 401, "INVALID_TOKEN");
        assertThat(refusal.fields().get("WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(refusal.body()).doesNotContain(TOKEN.reveal());
    }

    @Test
    void two_tokens_are_none() {
        Headers two = fields("Authorization", "Bearer " + TOKEN.reveal());
        two.add("Authorization", "Bearer " + TOKEN.reveal());
        assertRefused(refusal(open, two, false), 401, "INVALID_TOKEN");
    }

    @Test
    void a_named_token_is_its_holder_until_it_expires() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2027-02-28T23:59:59Z"));
        AdminToken token = AdminToken.of("gha_abcdefghijklmnopqrstuv");
        Map<String, AdminTokenConfig> named = Map.of(
                "deploy",
                new AdminTokenConfig(token.sha256(), List.of(AdminScope.KEYS), Moment.of("2027-03-01")),
                "grafana",
                new AdminTokenConfig("0".repeat(64), List.of(AdminScope.READ), null));
        Admission both =
                new Admission(new InetSocketAddress("127.0.0.1", 9000), AdminTokens.of(TOKEN, () -> named, now::get));
        Headers deploy = fields("Host", "localhost:9000", "Authorization", "Bearer " + token.reveal());

        assertThat(both.entry(deploy, false))
                .isEqualTo(new Entry.Caller(new AdminCaller("deploy", Set.of(AdminScope.KEYS))));
        assertThat(both.entry(fields("Host", "localhost:9000", "Authorization", "Bearer " + TOKEN.reveal()), false))
                .as("the one token stays what it is")
                .isEqualTo(new Entry.Caller(AdminCaller.THE_TOKEN));

        now.set(Instant.parse("2027-03-01T00:00:00Z"));
        AdminAnswer expired = refusal(both, deploy, false);
        assertRefused(expired, 401, "TOKEN_EXPIRED");
        assertThat(expired.body()).contains("The token 'deploy' expired at 2027-03-01T00:00:00Z.");
        assertThat(both.entry(deploy, true)).isEqualTo(new Entry.Probe());
    }

    @Test
    void the_first_named_token_shuts_an_open_loopback_and_the_last_one_opens_it_again() {
        AtomicReference<Map<String, AdminTokenConfig>> named = new AtomicReference<>(Map.of());
        AdminTokens tokens = AdminTokens.of(null, named::get, Instant::now);
        Admission here = new Admission(new InetSocketAddress("127.0.0.1", 9000), tokens);
        Headers nobody = fields("Host", "localhost:9000");
        assertThat(here.entry(nobody, false)).isEqualTo(new Entry.Caller(AdminCaller.THIS_MACHINE));

        named.set(Map.of("a", new AdminTokenConfig("0".repeat(64), List.of(AdminScope.READ), null)));
        assertRefused(refusal(here, nobody, false), 401, "UNAUTHENTICATED");
        Admission elsewhere = new Admission(new InetSocketAddress("0.0.0.0", 9000), tokens);

        named.set(Map.of());
        assertThat(here.entry(nobody, false)).isEqualTo(new Entry.Caller(AdminCaller.THIS_MACHINE));
        assertRefused(refusal(elsewhere, nobody, false), 401, "UNAUTHENTICATED");
    }

    @Test
    void a_probe_needs_no_token_but_is_not_trusted_without_it() {
        assertThat(refusal(open, new Headers(), true)).isNull();
        assertThat(open.entry(new Headers(), true)).isEqualTo(new Entry.Probe());
        assertThat(open.entry(fields("Authorization", "Bearer " + TOKEN.reveal()), true))
                .isEqualTo(new Entry.Caller(AdminCaller.THE_TOKEN));
        assertThat(local.entry(fields("Host", "localhost:9000"), true))
                .isEqualTo(new Entry.Caller(AdminCaller.THIS_MACHINE));
    }

    private static @Nullable AdminAnswer refusal(Admission admission, Headers fields, boolean probe) {
        return admission.entry(fields, probe) instanceof Entry.Refused(AdminAnswer answer) ? answer : null;
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
