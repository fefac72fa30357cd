package dev.gatehouse.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.tls.HttpsGateway;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.Subprocess;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Routes that take one of several credentials, or want all of them, with real clients: what they are told in
/// `WWW-Authenticate`, who they are then, and that no credential reaches the service.
@LeavesNothingBehind
class SeveralCredentialsTest {
    private static final String REST = """
            errors: { expose: safe }
            plans: { free: { rate_limit: 1000/min } }
            consumers:
              acme: { plan: free, keys: [ { id: k_one, sha256: "KEY" } ] }
            security:
              authentication:
                machine: { type: mtls, certificates: { CN=acme: acme } }
                customer: { type: jwt, secret: "SECRET" }
                other: { type: jwt, secret: "SECRET", issuer: "https://other.example" }
                partner: { type: api_key }
                linked: { type: api_key, in: { query: key } }
                shown: { type: api_key, cookie: key }
                kept: { type: api_key, in: { header: X-Kept }, keep: true }
                people:
                  type: basic
                  realm: back office
                  users: { alice: { password: "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW" } }
            services: { orders: { instances: [ "SERVICE" ] } }
            routes:
              - { path: /both, service: orders, auth: { all: [ machine, customer ] } }
              - { path: /turned, service: orders, auth: { all: [ customer, machine ] } }
              - { path: /two, service: orders, auth: { all: [ partner, customer ] } }
              - { path: /any, service: orders, auth: [ partner, other, customer, people ] }
              - { path: /people, service: orders, auth: [ customer, people ] }
              - { path: /maybe, service: orders, auth: [ customer, none ] }
              - { path: /linked, service: orders, auth: linked }
              - { path: /shown, service: orders, auth: shown }
              - { path: /kept, service: orders, auth: kept }
            """;

    @TempDir
    Path folder;

    // ── all of them

    @ParameterizedTest
    @EnumSource(Version.class)
    void a_certificate_and_a_token_are_one_caller_together(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var machine = gateway.client(
                        version,
                        gateway.authority().certificate("acme").forClients().issue())) {
            for (String path : new String[] {"/both", "/turned"}) {
                HttpResponse<String> answer = with(gateway, machine, path, bearer("u1"));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.version()).isEqualTo(version);
            }
            RecordedRequest both = sent(service, "/both");
            assertThat(both.headers("X-Consumer")).containsExactly("acme");
            assertThat(both.headers("X-User-Id")).as("the first says who").containsExactly("acme");
            assertThat(both.headers("Authorization")).isEmpty();
            RecordedRequest turned = sent(service, "/turned");
            assertThat(turned.headers("X-User-Id")).containsExactly("u1");
            assertThat(turned.headers("X-Consumer")).containsExactly("acme");
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void one_of_two_is_not_enough_and_the_client_is_told_which_is_missing(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var nobody = gateway.client(version);
                var machine = gateway.client(
                        version,
                        gateway.authority().certificate("acme").forClients().issue())) {
            for (String path : new String[] {"/both", "/turned"}) {
                HttpResponse<String> noToken = with(gateway, machine, path);
                assertThat(noToken.statusCode()).as(path).isEqualTo(401);
                assertThat(noToken.body()).contains("\"UNAUTHENTICATED\"", "Missing authentication");
                assertThat(challenges(noToken)).containsExactly("Bearer");

                HttpResponse<String> noCertificate = with(gateway, nobody, path, bearer("u1"));
                assertThat(noCertificate.statusCode()).as(path).isEqualTo(403);
                assertThat(noCertificate.body()).contains("\"CLIENT_CERTIFICATE_REQUIRED\"");
                assertThat(challenges(noCertificate)).isEmpty();

                HttpResponse<String> badToken = with(gateway, machine, path, "Authorization", bearer("u1")[1] + "x");
                assertThat(badToken.statusCode()).as(path).isEqualTo(401);
                assertThat(badToken.body()).contains("\"INVALID_TOKEN\"");
                assertThat(challenges(badToken)).hasSize(1).first().asString().startsWith("Bearer error=\"invalid_tok");
            }
            service.assertNothingReceived();
        }
    }

    @Test
    void neither_of_two_credentials_goes_on() throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var client = gateway.client(Version.HTTP_2)) {
            assertThat(with(gateway, client, "/two", "X-API-Key", "one", "Authorization", bearer("u1")[1])
                            .statusCode())
                    .isEqualTo(200);
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.headers("Authorization")).isEmpty();
            assertThat(sent.headers("X-API-Key")).isEmpty();
            assertThat(sent.headers("X-Consumer")).containsExactly("acme");
            assertThat(sent.headers("X-User-Id")).containsExactly("u1");
        }
    }

    // ── any of them

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2"})
    void curl_is_told_every_way_in(String version) {
        try (var service = FakeService.start();
                var gateway = gateway(service)) {
            String said = curl(gateway, "/any", version, "--include");
            assertThat(said.lines()
                            .filter(line -> line.toLowerCase().startsWith("www-authenticate: "))
                            .map(line -> line.substring("www-authenticate: ".length())))
                    .containsExactly(
                            "ApiKey realm=\"api\", in=\"header\", name=\"X-API-Key\"",
                            "Bearer",
                            "Basic realm=\"back office\", charset=\"UTF-8\"");
            assertThat(said).contains("\"UNAUTHENTICATED\"");
            service.assertNothingReceived();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2"})
    void curl_finds_the_way_it_has_a_credential_for_by_itself(String version) {
        try (var service = FakeService.start();
                var gateway = gateway(service)) {
            // First without a credential; then with what the answer asks for.
            assertThat(curl(gateway, "/people", version, "--anyauth", "--user", "alice:U*U"))
                    .isEqualTo("ok");
            assertThat(service.awaitRequest().headers("X-User-Id")).containsExactly("alice");
            assertThat(curl(gateway, "/any", version, "--oauth2-bearer", SignedToken.of("u1")))
                    .isEqualTo("ok");
            assertThat(sent(service, "/any").headers("X-User-Id")).containsExactly("u1");
            assertThat(curl(gateway, "/any", version, "--basic", "--user", "alice:guessed"))
                    .contains("\"INVALID_TOKEN\"");
            assertThat(service.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void the_first_that_is_there_decides_and_the_others_stay_here_too(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var client = gateway.client(version)) {
            assertThat(with(gateway, client, "/any", "X-API-Key", "one", "Authorization", bearer("u1")[1])
                            .statusCode())
                    .isEqualTo(200);
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.headers("X-Consumer")).containsExactly("acme");
            assertThat(sent.headers("X-User-Id")).isEmpty();
            assertThat(sent.headers("X-API-Key")).isEmpty();
            assertThat(sent.headers("Authorization"))
                    .as("of nobody's concern behind here")
                    .isEmpty();

            HttpResponse<String> wrong =
                    with(gateway, client, "/any", "X-API-Key", "guessed", "Authorization", bearer("u1")[1]);
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.body()).contains("\"API_KEY_INVALID\"");
            assertThat(challenges(wrong)).hasSize(1).first().asString().startsWith("ApiKey ");
            assertThat(service.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void none_is_for_those_who_show_nothing(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var client = gateway.client(version)) {
            assertThat(with(gateway, client, "/maybe").statusCode()).isEqualTo(200);
            assertThat(service.awaitRequest().headers("X-User-Id")).isEmpty();
            HttpResponse<String> expired = with(gateway, client, "/maybe", "Authorization", "Bearer " + "e30.e30.e30");
            assertThat(expired.statusCode()).isEqualTo(401);
            assertThat(service.requests()).hasSize(1);
        }
    }

    // ── wherever they stand

    @ParameterizedTest
    @EnumSource(Version.class)
    void a_credential_is_taken_out_of_where_it_stands_and_of_nothing_else(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var client = gateway.client(version)) {
            assertThat(with(gateway, client, "/linked?a=1&key=one&b=2").statusCode())
                    .isEqualTo(200);
            assertThat(service.awaitRequest().target()).isEqualTo("/linked?a=1&b=2");

            assertThat(with(gateway, client, "/shown", "Cookie", "a=1; key=one; b=2")
                            .statusCode())
                    .isEqualTo(200);
            RecordedRequest shown = sent(service, "/shown");
            assertThat(shown.headers("Cookie")).containsExactly("a=1; b=2");
            assertThat(shown.headers("X-Consumer")).containsExactly("acme");

            assertThat(with(gateway, client, "/kept", "X-Kept", "one").statusCode())
                    .isEqualTo(200);
            assertThat(sent(service, "/kept").headers("X-Kept")).containsExactly("one");
        }
    }

    // ── as it is written here

    private HttpsGateway gateway(FakeService service) {
        return HttpsGateway.from(
                folder,
                REST.replace("SECRET", SignedToken.SECRET)
                        .replace("KEY", sha256("one"))
                        .replace("SERVICE", service.address()));
    }

    private static HttpResponse<String> with(HttpsGateway gateway, HttpClient client, String path, String... fields)
            throws Exception {
        return gateway.ask(client, "GET", path, fields);
    }

    private static String[] bearer(String subject) {
        return new String[] {"Authorization", "Bearer " + SignedToken.of(subject)};
    }

    private static List<String> challenges(HttpResponse<String> answer) {
        return answer.headers().allValues("WWW-Authenticate");
    }

    private static RecordedRequest sent(FakeService service, String target) {
        return service.requests().stream()
                .filter(request -> request.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private String curl(HttpsGateway gateway, String path, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("curl", "--silent", "--max-time", "10", "--cacert", folder + "/ca.crt"));
        command.addAll(Arrays.asList(arguments));
        command.add(gateway.origin() + path);
        return Subprocess.run(Duration.ofSeconds(20), command).succeeded().stdout();
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
