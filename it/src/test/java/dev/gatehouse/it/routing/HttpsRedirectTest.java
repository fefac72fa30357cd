package dev.gatehouse.it.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A listener that sends everybody to https.
@LeavesNothingBehind
class HttpsRedirectTest {
    private static final String FILE = """
            listeners:
              plain: { %s }
            routes:
              - { path: /**, respond: { body: the route } }
            """;

    private static TestGateway redirecting(String more) {
        return TestGateway.from(FILE.formatted("redirect_to: https" + more));
    }

    @ParameterizedTest
    @CsvSource({
        "/, shop.example, https://shop.example/",
        "/a/b?c=d&e=%2f, shop.example:8080, https://shop.example/a/b?c=d&e=%2f",
        "//x/../a%c3%a4;v=1/?, shop.example, https://shop.example/a%C3%A4;v=1/?",
        "/files/a%2fb, shop.example, https://shop.example/files/a%2Fb",
        "/a, [::1]:80, https://[::1]/a",
        "http://other.example/a?b, shop.example, https://other.example/a?b"
    })
    void every_request_is_sent_to_the_same_address_over_https(String target, String host, String location) {
        try (var gateway = redirecting("")) {
            RawAnswer answer = Ask.get(gateway, target, "Host: " + host);

            assertThat(answer.status()).isEqualTo(308);
            assertThat(answer.header("Location")).isEqualTo(location);
            assertThat(answer.text()).isEmpty();
        }
    }

    @Test
    void the_port_of_https_is_named_when_it_is_not_the_usual_one() {
        try (var gateway = redirecting(", redirect_port: 8443")) {
            assertThat(Ask.get(gateway, "/a", "Host: shop.example:8080").header("Location"))
                    .isEqualTo("https://shop.example:8443/a");
        }
    }

    @Test
    void a_request_with_a_body_is_sent_on_as_what_it_is_and_the_connection_lives_on() {
        try (var gateway = redirecting("");
                var client = RawClient.connect(gateway.port())) {
            client.send("POST /orders HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            assertThat(client.readAnswer().status()).isEqualTo(308);
            client.send("GET /orders HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().header("Location")).isEqualTo("https://a/orders");
        }
    }

    @Test
    void health_still_answers_where_it_is_wanted() {
        try (var asked = redirecting(", health: true");
                var not = redirecting("")) {
            assertThat(Ask.get(asked, "/health/ready").status()).isEqualTo(200);
            assertThat(Ask.get(asked, "/healthy").status()).isEqualTo(308);
            assertThat(Ask.get(not, "/health/ready").status()).isEqualTo(308);
        }
    }

    @Test
    void a_request_that_names_no_host_or_is_broken_is_400() {
        try (var gateway = redirecting("")) {
            assertThat(RawClient.ask(gateway.port(), "GET / HTTP/1.0\r\n\r\n").status())
                    .isEqualTo(400);
            assertThat(Ask.get(gateway, "/a%00").status()).isEqualTo(400);
            assertThat(Ask.get(gateway, "/..%2fadmin").status()).isEqualTo(400);
        }
    }

    @Test
    void other_listeners_go_on_asking_the_routes_and_a_reload_ends_it() {
        try (var gateway = TestGateway.from("""
                listeners:
                  public: { port: 8443 }
                  redirect: { port: 8080, redirect_to: https }
                routes:
                  - { path: /**, respond: { body: the route } }
                """)) {
            String request = "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            assertThat(RawClient.ask(gateway.port("public"), request).text()).isEqualTo("the route");
            assertThat(RawClient.ask(gateway.port("redirect"), request).status())
                    .isEqualTo(308);
        }
        try (var gateway = redirecting("")) {
            gateway.reload(FILE.formatted("health: false"));
            assertThat(Ask.get(gateway, "/a").text()).isEqualTo("the route");
        }
    }

    @Test
    void a_port_without_a_redirect_is_a_mistake() {
        assertThatThrownBy(() -> TestGateway.from(FILE.formatted("redirect_port: 8443")))
                .hasMessageContaining("redirect_port")
                .hasMessageContaining("says nothing without redirect_to: https");
    }
}
