package dev.gatehouse.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.app.admin.AdminPages;
import dev.gatehouse.app.admin.AdminServer;
import dev.gatehouse.app.admin.AdminToken;
import dev.gatehouse.app.admin.AdminTokens;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.config.AdminTokenConfig;
import dev.gatehouse.it.cli.GatehouseCommandLine;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which token opens what. Each scope has a token here that is called like it.
@LeavesNothingBehind
class AdminScopesTest {
    private static final JsonMapper JSON = new JsonMapper();

    /// Every operation, and the scopes that open it.
    private static final String TABLE = """
            GET    /metrics                                         read
            GET    /api/v1/config                                   read config
            GET    /api/v1/config/status                            read config
            GET    /api/v1/routes                                   read
            GET    /api/v1/routes/{route}                           read
            GET    /api/v1/certificates                             read
            POST   /api/v1/explain                                  read
            GET    /api/v1/requests                                 read
            GET    /api/v1/requests/{id}                            read
            GET    /api/v1/services                                 read operate
            GET    /api/v1/services/{service}                       read operate
            GET    /api/v1/services/{service}/instances/{instance}  read operate
            PATCH  /api/v1/services/{service}/instances/{instance}  operate
            GET    /api/v1/overrides                                read operate
            POST   /api/v1/traces                                   operate
            GET    /api/v1/consumers                                read keys
            POST   /api/v1/consumers                                keys
            GET    /api/v1/consumers/{consumer}                     read keys
            DELETE /api/v1/consumers/{consumer}                     keys
            POST   /api/v1/consumers/{consumer}/keys                keys
            GET    /api/v1/plans                                    read keys
            GET    /api/v1/plans/{plan}                             read keys
            GET    /api/v1/keys                                     read keys
            POST   /api/v1/keys/verify                              read keys
            GET    /api/v1/keys/{key}                               read keys
            DELETE /api/v1/keys/{key}                               keys
            POST   /api/v1/keys/{key}/roll                          keys
            GET    /api/v1/revocations                              read keys
            POST   /api/v1/revocations                              keys
            DELETE /api/v1/revocations/{kind}/{id}                  keys
            """;

    /// @param path with names between braces
    /// @param scopes any of which opens it
    private record Row(String method, String path, List<String> scopes) {
        static List<Row> all() {
            return TABLE.lines()
                    .map(line -> List.of(line.split(" +")))
                    .map(words -> new Row(words.get(0), words.get(1), words.subList(2, words.size())))
                    .toList();
        }
    }

    private final FakeGateway gateway = new FakeGateway();
    private final Map<AdminScope, AdminToken> tokens = new EnumMap<>(AdminScope.class);
    private final AdminToken everything = AdminToken.random(new SecureRandom());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private AdminServer admin;

    @BeforeEach
    void start() throws IOException {
        Map<String, AdminTokenConfig> named = new LinkedHashMap<>();
        for (AdminScope scope : AdminScope.values()) {
            AdminToken token = AdminToken.random(new SecureRandom());
            tokens.put(scope, token);
            named.put(scope.word(), new AdminTokenConfig(token.sha256(), List.of(scope), null));
        }
        admin = AdminServer.start(
                new InetSocketAddress("0.0.0.0", 0),
                AdminTokens.of(everything, () -> named, InstantSource.system()),
                gateway,
                AdminPages.ALL);
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(log);
        admin.close();
    }

    @Test
    void each_scope_opens_its_part_and_nothing_else() {
        CleanEnd.allowLog("it takes the scope");
        for (Row row : Row.all()) {
            for (AdminScope scope : AdminScope.values()) {
                RawAnswer answer = ask(row.method, row.path.replaceAll("\\{[a-z]+}", "x"), "{}", tokens.get(scope));
                String tried = scope.word() + ": " + row.method + " " + row.path;
                if (row.scopes.contains(scope.word())) {
                    assertThat(answer.status()).as(tried).isNotIn(401, 403, 500);
                } else {
                    assertThat(answer.status()).as(tried).isEqualTo(403);
                    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                    assertThat(answer.header("WWW-Authenticate"))
                            .isEqualTo("Bearer realm=\"gatehouse admin\", error=\"insufficient_scope\", scope=\""
                                    + String.join(" ", row.scopes) + "\"");
                    JsonNode problem = JSON.readTree(answer.text());
                    assertThat(problem.path("code").asString()).isEqualTo("MISSING_SCOPE");
                    assertThat(problem.path("detail").asString())
                            .isEqualTo("This takes the scope " + String.join(" or ", row.scopes) + "; the token '"
                                    + scope.word() + "' has " + scope.word() + ".");
                    assertThat(problem.path("needs").toString())
                            .isEqualTo(JSON.valueToTree(row.scopes).toString());
                }
            }
            assertThat(ask(row.method, row.path.replaceAll("\\{[a-z]+}", "x"), "{}", everything)
                            .status())
                    .as("the one token: " + row)
                    .isNotIn(401, 403, 500);
        }
        assertThat(gateway.overrides()).isEmpty();
    }

    @Test
    void the_openapi_document_says_the_same() {
        Map<String, String> written = new TreeMap<>();
        Row.all().forEach(row -> written.put(row.method + " " + row.path, String.join(" ", row.scopes)));
        Map<String, String> described = new TreeMap<>();
        JsonNode document = JSON.readTree(ask("GET", "/api/v1/openapi.json", "", tokens.get(AdminScope.READ))
                .text());
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
                    List<String> scopes = new ArrayList<>();
                    operation
                            .path("security")
                            .forEach(one -> scopes.add(one.at("/token/0").asString()));
                    if (!path.startsWith("/health")) {
                        described.put(method.toUpperCase(Locale.ROOT) + " " + path, String.join(" ", scopes));
                    } else {
                        assertThat(scopes).as(path).isEmpty();
                    }
                }));
        assertThat(described).isEqualTo(written);
        assertThat(document.at("/components/securitySchemes/token/scheme").asString())
                .isEqualTo("bearer");
    }

    @Test
    void who_may_not_read_learns_of_a_probe_what_strangers_learn() {
        for (String path : List.of("/health", "/health/live", "/health/ready")) {
            assertThat(ask("GET", path, "", tokens.get(AdminScope.KEYS)).text())
                    .isIn("{\"status\":\"ready\"}\n", "{\"status\":\"up\"}\n");
        }
        assertThat(ask("GET", "/health", "", tokens.get(AdminScope.READ)).text())
                .contains("r18");
    }

    @Test
    void what_was_changed_stands_in_the_log_with_who_did_it_and_without_their_token() {
        String instance = "/api/v1/services/menu-service/instances/10.0.3.11:8080";
        AdminToken operator = tokens.get(AdminScope.OPERATE);
        ask("PATCH", instance, "{\"state\":\"drained\"}", operator);
        ask("PATCH", instance, "{\"state\":\"active\"}", everything);
        ask("PATCH", "/api/v1/services/menu-service/instances/nowhere", "{\"state\":\"active\"}", operator);
        ask("GET", instance, "", operator);
        ask("POST", "/api/v1/consumers", "{\"name\":\"city-guide\"}", tokens.get(AdminScope.KEYS));
        CleanEnd.expectLog("it takes the scope keys");
        ask("DELETE", "/api/v1/keys/k_1%0aforged", "", operator);

        List<String> lines =
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(lines)
                .containsExactly(
                        "admin: 10.0.3.11:8080 of menu-service drained until it is made active again, by operate",
                        "admin: 10.0.3.11:8080 of menu-service active again, by the admin token",
                        "admin: consumer city-guide made, by keys",
                        "admin: DELETE /api/v1/keys/k_1%0aforged refused, by operate: it takes the scope keys");
        assertThat(String.join("\n", lines)).doesNotContain("gha_");
    }

    @Test
    void the_command_line_says_which_scope_is_missing() {
        CleanEnd.expectLog("it takes the scope keys");
        String place = "http://127.0.0.1:" + admin.address().getPort();
        String reader = tokens.get(AdminScope.READ).reveal();

        GatehouseCommandLine refused =
                GatehouseCommandLine.of("keys", "create", "acme", "--server", place, "--token", reader);
        assertThat(refused.err()).endsWith("error: This takes the scope keys; the token 'read' has read.\n");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(GatehouseCommandLine.of("keys", "list", "--server", place, "--token", reader)
                        .code())
                .isZero();
    }

    private RawAnswer ask(String method, String path, String body, AdminToken token) {
        String fields = method.equals("GET") || method.equals("DELETE")
                ? ""
                : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        return RawClient.ask(
                admin.address().getPort(),
                method + " " + path + " HTTP/1.1\r\nHost: gw.example\r\nAuthorization: Bearer " + token.reveal()
                        + "\r\n" + fields + "\r\n" + (fields.isEmpty() ? "" : body));
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.gatehouse.app.admin");
    }
}
