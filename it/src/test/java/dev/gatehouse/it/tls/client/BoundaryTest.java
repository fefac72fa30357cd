package dev.gatehouse.it.tls.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A connection that was made to one host reaches no host that asks for other certificates (RFC 9110 §15.5.20).
@LeavesNothingBehind
class BoundaryTest {
    /// Everybody comes in but at admin, wiki and what is below staff.
    static final String ADMIN =
            """
            hosts:
              - { names: [ admin.shop.example, wiki.shop.example ], client_certificates: { CA } }
              - { names: [ "*.staff.shop.example" ], client_certificates: { CA, max_depth: 0 } }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "made to {0}, asked for {1}: {2}")
    @CsvSource({
        "shop.example,       shop.example,              200",
        "shop.example,       other.example,             200",
        "shop.example,       admin.shop.example,        421",
        "shop.example,       ADMIN.shop.example.:8443,  421",
        "shop.example,       a.staff.shop.example,      421",
        "shop.example,       a.b.staff.shop.example,    421",
        "admin.shop.example, admin.shop.example:8443,   200",
        "admin.shop.example, wiki.shop.example,         200",
        "admin.shop.example, shop.example,              421",
        "admin.shop.example, a.staff.shop.example,      421",
    })
    void requests_stay_within_the_boundary_of_their_connection(String made, String asked, int status)
            throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(folder, service, ADMIN);
                var client = door.client(made, door.client("ada"))) {
            RawAnswer answer =
                    client.send("GET / HTTP/1.1\r\nHost: " + asked + "\r\n\r\n").readAnswer();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(service.requests()).hasSize(status == 200 ? 1 : 0);
            if (status == 421) {
                assertThat(answer.text()).contains("\"code\":\"MISDIRECTED_REQUEST\"");
                // The connection itself is as good as before.
                assertThat(client.send("GET / HTTP/1.1\r\nHost: " + made + "\r\n\r\n")
                                .readAnswer()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @ParameterizedTest(name = "made to {0}, asked for {1}: {2}")
    @CsvSource({
        "shop.example,       other.example,      200",
        "shop.example,       admin.shop.example, 421",
        "admin.shop.example, wiki.shop.example,  200",
        "admin.shop.example, shop.example,       421",
    })
    void requests_of_HTTP_2_do_too(String made, String asked, int status) {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(folder, service, ADMIN)) {
            String said = door.curl(
                            made,
                            door.client("ada"),
                            "--http2",
                            "--header",
                            "Host: " + asked,
                            "--write-out",
                            " %{http_version} %{http_code}")
                    .succeeded()
                    .stdout();

            assertThat(said).endsWith(" 2 " + status);
            assertThat(service.requests()).hasSize(status == 200 ? 1 : 0);
        }
    }

    @Test
    void the_target_of_a_proxy_request_is_the_host_that_counts() throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(folder, service, ADMIN);
                RawClient client = door.client("shop.example", null)) {
            assertThat(client.send("GET http://admin.shop.example/ HTTP/1.1\r\nHost: shop.example\r\n\r\n")
                            .readAnswer()
                            .status())
                    .isEqualTo(421);
            assertThat(service.requests()).isEmpty();
        }
    }

    @Test
    void a_request_without_a_host_is_one_for_hosts_nobody_has_written_about() throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(
                        folder,
                        service,
                        """
                        client_certificates: { CA }
                        hosts: [ { names: [ open.shop.example ], client_certificates: { mode: none } } ]
                        """);
                RawClient client = door.client("open.shop.example", null)) {
            assertThat(client.send("GET / HTTP/1.0\r\n\r\n").readAnswer().status()).isEqualTo(421);
            assertThat(service.requests()).isEmpty();
        }
    }
}
