package dev.gatehouse.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Severity;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What shows only when all routes are compiled is told as the loader tells its own mistakes.
class ConfigCheckTest {
    @Test
    void a_good_file_has_a_snapshot_and_nothing_to_say() {
        ConfigCheck check = check("""
                routes:
                  - { path: /users/**, service: "http://127.0.0.1:8081" }
                """);

        assertThat(check.hasErrors()).isFalse();
        assertThat(check.diagnostics()).isEmpty();
        assertThat(check.snapshot()).isNotNull();
    }

    @Test
    void two_routes_that_tie_are_shown_with_both_places_and_an_example() {
        assertThat(report("""
                routes:
                  - path: /users/{userId}
                    methods: [ GET ]
                    respond: { status: 200 }
                  - path: /users/{name}
                    methods: [ GET ]
                    respond: { status: 204 }
                """)).isEqualTo("""
                error[GH1201] two routes match the same requests and neither is more specific
                  ┌ gateway.yaml:2:5   GET /users/{userId}
                  ┌ gateway.yaml:5:5   GET /users/{name}
                  = example: GET /users/42
                help: remove one, or set 'priority: 10' on the one that should win, or tell them apart with 'hosts', \
                'methods' or 'match'
                """);
    }

    @Test
    void one_route_may_tie_with_two_others() {
        ConfigCheck check = check("""
                routes:
                  - { path: "/users/{a}", respond: { status: 200 } }
                  - { path: "/users/{b}", respond: { status: 200 } }
                  - { path: "/users/{c}", respond: { status: 200 } }
                """);

        assertThat(check.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.GH1201, Code.GH1201);
    }

    @Test
    void a_route_that_is_never_reached_is_a_warning_which_names_the_one_that_answers() {
        ConfigCheck check = check("""
                routes:
                  - { path: /users/me, respond: { status: 200 } }
                  - { path: /users/**, priority: 5, respond: { status: 403 } }
                """);

        assertThat(check.hasErrors()).isFalse();
        Diagnostic warning = check.diagnostics().getFirst();
        assertThat(warning.code()).isEqualTo(Code.GH1202);
        assertThat(warning.severity()).isEqualTo(Severity.WARNING);
        assertThat(TextReport.of(warning))
                .contains("gateway.yaml:2:5   ANY /users/me")
                .contains("gateway.yaml:3:5   ANY /users/** answers instead")
                .contains("= example: GET /users/me");
    }

    @Test
    void a_comment_silences_a_warning_about_routes_like_any_other() {
        ConfigCheck check = check("""
                routes:
                  # gatehouse:ignore GH1202 reason="goes when the new service is there"
                  - { path: /users/me, respond: { status: 200 } }
                  - { path: /users/**, priority: 5, respond: { status: 403 } }
                """);

        assertThat(check.diagnostics()).isEmpty();
    }

    @Test
    void a_warning_silenced_without_a_reason_is_reported_once() {
        ConfigCheck check = check("""
                routes:
                  # gatehouse:ignore GH1202
                  - { path: /users/me, respond: { status: 200 } }
                """);

        assertThat(check.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.GH2001);
    }

    @Test
    void two_expressions_under_one_host_need_a_priority() {
        assertThat(report("""
                routes:
                  - { path: "~^/v[0-9]+/.*$", respond: { status: 200 } }
                  - { path: "~^/v1/.*$", respond: { status: 200 } }
                """))
                .contains("error[GH1204] two regular expressions under one host")
                .contains("gateway.yaml:2:5   ANY ~^/v[0-9]+/.*$")
                .contains("gateway.yaml:3:5   ANY ~^/v1/.*$")
                .contains("help: set 'priority: 10'");
    }

    @Test
    void the_caret_stands_at_the_character_of_a_pattern_that_is_wrong() {
        assertThat(report("""
                routes:
                  - path: "/users/{id"
                    respond: { status: 200 }
                """)).isEqualTo("""
                error[GH1203] 'path' of route 'ANY /users/{id' cannot be read
                  ┌ gateway.yaml:2:19
                 2│   - path: "/users/{id"
                  │                   ^ '{' without its '}'
                """);
    }

    @Test
    void what_is_wrong_in_the_path_of_a_group_is_shown_there() {
        assertThat(report("""
                routes:
                  - group: users
                    path: /users/{id
                    routes:
                      - { path: /posts, respond: { status: 200 } }
                """)).contains("gateway.yaml:3:18");
        assertThat(report("""
                routes:
                  - group: users
                    path: /users
                    routes:
                      - { path: "/{id", respond: { status: 200 } }
                """)).contains("gateway.yaml:5:19");
    }

    @Test
    void patterns_of_hosts_headers_and_clients_have_their_places_too() {
        List<Diagnostic> all = check("""
                routes:
                  - path: /a
                    hosts: [ shop.example.com, "a.*.example.com" ]
                    match:
                      headers:
                        X-Version: "~("
                      query: { q.x: "~[" }
                    respond: { status: 200 }
                """).diagnostics();

        assertThat(all)
                .extracting(Diagnostic::path)
                .containsExactly(
                        "routes[0].hosts[1]", "routes[0].match.headers.X-Version", "routes[0].match.query.q.x");
        assertThat(all).extracting(one -> one.span().line()).containsExactly(3, 6, 7);
        assertThat(all).allMatch(one -> one.code() == Code.GH1203);
    }

    @Test
    void what_came_from_the_environment_is_not_shown() {
        String report = report("""
                routes:
                  - { path: "/${env:HIDDEN}/{id", respond: { status: 200 } }
                """);

        assertThat(report).contains("GH1203").contains("/***/{id").doesNotContain("s3cr3t");
    }

    @Test
    void all_routes_that_cannot_be_made_are_reported_at_what_is_refused() {
        List<Diagnostic> all = check("""
                routes:
                  - path: /a
                    respond: { file: /nowhere/a.html }
                  - path: /b
                    respond: { file: /nowhere/b.html }
                """).diagnostics();

        assertThat(all).extracting(Diagnostic::code).containsExactly(Code.GH1205, Code.GH1205);
        assertThat(all)
                .extracting(one -> one.span().toString())
                .containsExactly("gateway.yaml:3:14", "gateway.yaml:5:14");
        assertThat(all.getFirst().label()).contains("/nowhere/a.html cannot be read");
    }

    @Test
    void warnings_of_the_loader_and_of_the_routes_stand_in_the_order_of_the_file() {
        List<Diagnostic> all = check("""
                services:
                  left-over: { instances: [ "127.0.0.1:1" ] }
                routes:
                  - { path: /users/me, respond: { status: 200 } }
                  - { path: /users/**, priority: 5, respond: { status: 403 } }
                """).diagnostics();

        assertThat(all).extracting(Diagnostic::code).containsExactly(Code.GH2102, Code.GH1202);
    }

    private static String report(String yaml) {
        return TextReport.of(check(yaml).diagnostics());
    }

    private static ConfigCheck check(String yaml) {
        LoadOptions options = new LoadOptions(Map.of("HIDDEN", "s3cr3t"), Extensions.NONE, Severity.ERROR);
        SourceFile file = new SourceFile("gateway.yaml", Path.of("gateway.yaml").toAbsolutePath(), yaml);
        return ConfigCheck.dryRun(ConfigLoader.load(file, options));
    }
}
