package dev.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.tls.TestAuthority;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gatehouse explain`: what would be done with a request; with `--config`, what holds, and whose word it is.
class ExplainCommandTest {
    private static final String SHOP = """
            services:
              orders:
                instances: [ "127.0.0.1:8081" ]
                timeout: { connect: 300ms, request: 3s }
            defaults:
              timeout: { request: 5s, idle: 20s }
            routes:
              - group: orders
                path: /orders
                service: orders
                timeout: { first_byte: 2s }
                routes:
                  - { path: /**, methods: [ GET ], timeout: { request: 1s } }
              - { path: /hello, respond: { body: hi } }
            """;

    @Test
    void each_value_is_told_with_its_layer_and_its_place() {
        GatehouseCommandLine said = GatehouseCommandLine.given(SHOP, "explain", "--config", "/orders", "-f", "-");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out().lines().findFirst().orElseThrow())
                .contains("GET /orders/**")
                .endsWith("stdin:13:9");
        assertThat(said.out())
                .containsPattern("timeout.request +1s +route +stdin:13:")
                .containsPattern("timeout.first_byte +2s +group +stdin:11:")
                .containsPattern("timeout.connect +300ms +service +stdin:4:")
                .containsPattern("timeout.idle +20s +defaults +stdin:6:")
                .doesNotContain("/hello");
    }

    @Test
    void what_nobody_wrote_is_built_in() {
        GatehouseCommandLine said = GatehouseCommandLine.given(
                "routes: [ { path: /**, service: \"http://127.0.0.1:3000\" } ]\n", "explain", "--config", "-f", "-");

        assertThat(said.out())
                .containsPattern("timeout.connect +1s +built-in")
                .containsPattern("timeout.request +30s +built-in");
    }

    @Test
    void a_route_that_is_not_there_is_said_by_the_exit_code() {
        assertThat(GatehouseCommandLine.given(SHOP, "explain", "--config", "/nowhere", "-f", "-")
                        .code())
                .isEqualTo(1);
    }

    // ── a request
    // ────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_request_is_explained_by_the_file() {
        GatehouseCommandLine said = GatehouseCommandLine.given(SHOP, "explain", "GET", "/orders/9?x=1", "-f", "-");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .startsWith("GET /orders/9?x=1 ")
                .contains("config stdin (not deployed)  offline")
                .contains("route   GET /orders/**  stdin:13  won: the only one that fits")
                .contains("→ 127.0.0.1:8081 (the only one)  GET /orders/9?x=1");
    }

    @Test
    void a_404_says_which_route_came_nearest_and_what_to_try() {
        GatehouseCommandLine said = GatehouseCommandLine.given(SHOP, "explain", "/helo", "-f", "-");

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains("nearest ANY /hello")
                .contains("missed: 'helo' is not 'hello'")
                .contains("answer  404 NO_ROUTE")
                .contains("try     gatehouse explain GET /hello");
    }

    @Test
    void a_pasted_command_line_is_explained() {
        GatehouseCommandLine said = GatehouseCommandLine.given(
                SHOP, "explain", "--curl", "curl -d 'a=1' http://localhost:8080/orders/9", "-f", "-");

        assertThat(said.out()).startsWith("POST /orders/9 ").contains("405 METHOD_NOT_ALLOWED");
    }

    @Test
    void a_program_reads_the_same_as_json() {
        GatehouseCommandLine said = GatehouseCommandLine.given(SHOP, "explain", "/hello", "--json", "-f", "-");

        assertThat(said.out())
                .contains("\"won\":true")
                .contains("\"status\":200")
                .contains("\"answered_by\":\"route\"");
    }

    @Test
    void a_client_certificate_is_shown_where_clients_are_asked_for_one(@TempDir Path folder) {
        TestAuthority authority = TestAuthority.create("Clients");
        authority.certificate("shop").hosts("shop.example").issue().writeTo(folder, "shop");
        authority.certificate("ada").forClients().issue().writeTo(folder, "ada");
        String shop = """
                listeners:
                  main:
                    tls:
                      certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key } ]
                      client_certificates: { ca: "CA" }
                services: { people: { instances: [ "127.0.0.1:8081" ] } }
                routes:
                  - { path: /who, service: people, query: { set: { name: "{client.certificate.subject}" } } }
                """.replace("DIR", folder.toString())
                .replace("\"CA\"", "\"" + authority.pem().replace("\n", "\\n") + "\"");
        String[] asked = {"explain", "https://shop.example/who", "-f", "-", "--client-cert"};

        GatehouseCommandLine known = GatehouseCommandLine.given(shop, with(asked, folder + "/ada.crt"));
        assertThat(known.code()).as(known.err()).isZero();
        assertThat(known.out()).contains("GET /who?name=CN%3Dada");

        GatehouseCommandLine nobody =
                GatehouseCommandLine.given(shop, "explain", "https://shop.example/who", "-f", "-");
        assertThat(nobody.code()).isEqualTo(64);
        assertThat(nobody.err()).contains("nobody gets in at 'shop.example' without a client certificate");

        GatehouseCommandLine mistaken = GatehouseCommandLine.given(shop, with(asked, folder + "/nowhere.crt"));
        assertThat(mistaken.code()).isEqualTo(64);
        assertThat(mistaken.err()).contains("--client-cert: " + folder + "/nowhere.crt cannot be read");
    }

    private static String[] with(String[] words, String last) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = last;
        return all;
    }

    @Test
    void a_request_that_cannot_be_asked_about_is_wrong_usage() {
        for (String[] words : new String[][] {
            {},
            {"orders"},
            {"GET", "ftp://x/"},
            {"/x", "-H", "no header"},
            {"/x", "--from", "nowhere"},
            {"/x", "--listener", "nowhere"},
            {"/x", "--curl", "curl host"},
            {"--curl", "curl 'host"},
            {"GET\r\nX: 1", "/x"},
            {"--config", "/x", "-H", "A: b"},
        }) {
            List<String> line = new ArrayList<>(List.of("explain", "-f", "-"));
            line.addAll(List.of(words));
            GatehouseCommandLine said = GatehouseCommandLine.given(SHOP, line.toArray(String[]::new));
            assertThat(said.code()).as(line.toString()).isEqualTo(64);
            assertThat(said.err()).as(line.toString()).startsWith("error: ");
        }
    }

    @Test
    void a_file_with_mistakes_is_not_asked() {
        GatehouseCommandLine said = GatehouseCommandLine.given("routes: 5\n", "explain", "/x", "-f", "-");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("error[");
    }

    // ── who asks
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /// The key is the demo's, which everybody has.
    private static final String MEMBERS = """
            services: { orders: { instances: [ "127.0.0.1:8081" ] } }
            security:
              authentication:
                customer: { type: jwt, secret: "01234567890123456789012345678901", algorithms: [ HS256 ] }
                partner: { type: api_key, in: { header: X-API-Key } }
              authorization:
                policies:
                  - { path: "/admin/**", roles: [ admin ] }
                  - { path: "/orders/**", methods: [ DELETE ], roles: [ admin, support ] }
            plans: { free: { rate_limit: 2/min } }
            consumers:
              acme:
                plan: free
                keys: [ { id: k_1, sha256: "bb2d6fc07ed90b4ce39d203a807a7047f29aca08fa3a6eb35d56f3337e86b63d" } ]
            policies: { rate_limit: { by-plan: { per: consumer, limits: plan } } }
            routes:
              - { path: "/orders/**", service: orders, auth: customer }
              - { path: "/menus/**", service: orders, auth: partner, rate_limit: by-plan }
              - { path: "/users/{userId}", service: orders, auth: customer, require: "jwt.sub == path.userId" }
            """;

    private static GatehouseCommandLine members(String... words) {
        List<String> all = new ArrayList<>(List.of("explain", "-f", "-"));
        all.addAll(Arrays.asList(words));
        return GatehouseCommandLine.given(MEMBERS, all.toArray(String[]::new));
    }

    @Test
    void a_refusal_for_want_of_a_role_names_the_rule_its_line_and_somebody_who_may() {
        GatehouseCommandLine said = members("DELETE", "/orders/9", "--as", "customer:u1");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .containsPattern("auth +customer +:4 +modify +sub=u1 roles=\\[customer]  assumed")
                .containsPattern("authz +authorization.policies\\[1] +:9 +DENY +needs role admin or support")
                .containsPattern("answer +403 FORBIDDEN +service not called")
                .containsPattern("would then: .*orders")
                .contains(" try     gatehouse explain DELETE /orders/9 --as support:s1");
        assertThat(members("DELETE", "/orders/9", "--as", "support:s1").out()).contains("→ 127.0.0.1:8081");
    }

    @Test
    void a_refusal_for_want_of_anybody_says_which_credential_is_missing() {
        assertThat(members("GET", "/orders/9").out())
                .containsPattern("auth +customer +:4 +DENY +no credential of customer")
                .contains("401 UNAUTHENTICATED")
                .contains(" try     gatehouse explain GET /orders/9 --as u1");
        assertThat(members("GET", "/orders/9", "--as", "partner:p1").out())
                .contains("assumed is somebody of partner", "401 UNAUTHENTICATED");
    }

    @Test
    void a_condition_on_the_path_is_met_by_who_stands_in_it() {
        assertThat(members("GET", "/users/u7", "--as", "u1").out())
                .contains("403 FORBIDDEN", " try     gatehouse explain GET /users/u7 --as u7");
        assertThat(members("GET", "/users/u7", "--as", "u7", "--claim", "tenant=t1")
                        .out())
                .doesNotContain("403");
    }

    @Test
    void a_key_is_put_where_keys_are_looked_for_and_a_consumer_needs_none() {
        String key = "demo_xvkbV9Wy_cJlatGJsjZyZKv2EZDqMrtcjeSv2Axzlr";
        assertThat(members("/menus/1", "--key", key).out())
                .containsPattern("auth +partner .*consumer=acme credential=k_1")
                .containsPattern("rate_limit +by-plan .* pass +.*2 per minute")
                .doesNotContain(key);
        assertThat(members("/menus/1", "--as", "consumer:acme").out()).contains("consumer=acme");
        assertThat(members("/menus/1", "--key", "nope").out()).contains("no such key", "401 API_KEY_INVALID");
        assertThat(members("/menus/1", "--key", "customer:nope").err()).contains("no 'customer' that takes keys");
    }

    @Test
    void a_token_is_judged_as_a_client_s() {
        assertThat(members("/orders/9", "--jwt", "a.b.c").out()).contains("401 INVALID_TOKEN");
    }

    @Test
    void one_says_who_asks() {
        assertThat(members("/menus/1", "--as", "u1", "--key", "k").err()).contains("one says who asks");
        assertThat(members("/menus/1", "--role", "admin").err()).contains("say --as, too");
        assertThat(members("/menus/1", "--as", "consumer:acm").err()).contains("no consumer 'acm'", "acme");
    }
}
