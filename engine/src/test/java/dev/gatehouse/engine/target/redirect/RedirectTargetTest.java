package dev.gatehouse.engine.target.redirect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.config.RedirectConfig;
import dev.gatehouse.engine.target.AskedClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTargetTest {
    @ParameterizedTest
    @CsvSource({
        "/new,                      /old?a=1,  /new?a=1",
        "/new?,                     /old?a=1,  /new",
        "/new?b=2,                  /old?a=1,  /new?b=2",
        "/new#part,                 /old?a=1,  /new?a=1#part",
        "https://new.example,       /old,      https://new.example/",
        "https://new.example?x=1,   /old?a=1,  https://new.example/?x=1",
        "https://new.example:8443/a{request.path}, /old/x?a=%20, https://new.example:8443/a/old/x?a=%20",
        "http://[::1]:80/{request.path}, /x,  http://[::1]:80/x",
    })
    void a_client_is_sent_where_the_configuration_says(String to, String asked, String location) {
        assertThat(location(to, AskedClient.asking(asked))).isEqualTo(location);
    }

    @Test
    void the_usual_status_keeps_method_and_body() {
        AskedClient client = AskedClient.asking("/");
        RedirectTarget.of(RedirectConfig.of("/new")).start(client);
        assertThat(client.answer().status()).isEqualTo(308);
        assertThat(client.body()).isEmpty();
    }

    @Test
    void a_listener_sends_its_clients_to_https_with_host_path_and_query() {
        assertThat(location(RedirectConfig.toHttps(443).to(), AskedClient.asking("/a/b?c=%20d")))
                .isEqualTo("https://shop.example/a/b?c=%20d");
        assertThat(location(RedirectConfig.toHttps(8443).to(), AskedClient.asking("/")))
                .isEqualTo("https://shop.example:8443/");
    }

    @Test
    void a_request_without_a_host_cannot_be_sent_on_to_it() {
        AskedClient client = AskedClient.asking("/").fact("request.host", "");
        RedirectTarget.of(RedirectConfig.toHttps(443)).start(client);
        assertThat(client.failure()).isNotNull();
        assertThat(client.failure().kind()).isEqualTo(FailureKind.BAD_REQUEST);
    }

    @Test
    void parameters_stand_where_they_are_named() {
        AskedClient client =
                AskedClient.asking("/old/r42/x/y?a=1").parameter("id", "r42").parameter("rest", "x/y");
        assertThat(location("/new/{rest}?id={id}&q={query.a}", client.fact("query.a", "1&b")))
                .isEqualTo("/new/x/y?id=r42&q=1%26b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/evil.example", "//evil.example/", "\\evil.example", "https://evil.example/"})
    void no_value_leads_to_another_host(String value) {
        AskedClient client = AskedClient.asking("/x").fact("query.next", value);
        for (String to :
                new String[] {"/{query.next}", "/{query.missing}/{query.next}", "/{query.missing}{query.next}"}) {
            assertThat(location(to, client)).startsWith("/").doesNotContain("//", "\\");
        }
    }

    @Test
    void no_value_ends_the_line() {
        AskedClient client = AskedClient.asking("/x").fact("query.next", "a\r\nSet-Cookie: b=c");
        assertThat(location("/{query.next}?x={query.next}", client))
                .isEqualTo("/a%0D%0ASet-Cookie:%20b=c?x=a%0D%0ASet-Cookie%3A%20b%3Dc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "//evil.example             | '//' begins the name of a host",
                "{query.next}               | a redirect leads to a path like /new",
                "ftp://a/                   | a redirect leads to a path like /new",
                "javascript:alert(1)        | a redirect leads to a path like /new",
                "https://{query.host}/      | the host of a redirect is fixed",
                "https://{tenant}.example/  | the host of a redirect is fixed",
                "https://a.{request.host}/  | the host of a redirect is fixed",
                "https://{request.host}.b/  | the host of a redirect is fixed",
                "https://user@example/      | the host of a redirect is fixed",
                "https://a{query.x}/        | the host of a redirect is fixed",
                "https:///x                 | the host of a redirect is fixed",
                "/new#{query.x}             | what follows '#' is fixed text",
                "/a/../b                    | a path cannot hold '.' or '..' segments",
            })
    void a_redirect_that_a_request_could_lead_astray_is_refused(String to, String sentence) {
        assertThatThrownBy(() -> RedirectTarget.of(RedirectConfig.of(to))).hasMessageStartingWith(sentence);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 300, 304, 305, 306, 400})
    void another_status_is_no_redirect(int status) {
        assertThatThrownBy(() -> new RedirectConfig("/x", status)).hasMessageStartingWith("status: " + status);
    }

    private static String location(String to, AskedClient client) {
        RedirectTarget.of(RedirectConfig.of(to)).start(client);
        String location = client.header("Location");
        assertThat(location).isNotNull();
        return location;
    }
}
