package dev.gatehouse.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The one normal form of a path: what is authorised and what the service receives are the same bytes. The ids are
/// those of the list of hard cases, section D.
@LeavesNothingBehind
class PathTest {

    /// Stands for authorization, which is a later part: `/admin/**` is nobody's.
    private static final Policy DENIES_ADMIN = new Policy() {
        @Override
        public Decision onRequest(Exchange exchange) {
            String path = exchange.request().path();
            return path.equals("/admin") || path.startsWith("/admin/")
                    ? new Decision.Respond(Response.of(403, Body.of("denied")))
                    : Decision.CONTINUE;
        }
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin/",
                "/admin/users?x=y",
                "//admin",
                "///admin",
                "/./admin",
                "/././/admin",
                "/x/../admin",
                "/x/y/../../admin",
                "/%61dmin",
                "/%61%64%6d%69%6E",
                "/x/%2e%2e/admin",
                "/x/.%2E/admin",
                "/x/%2e./admin",
                "/%2e/admin",
                "/admin/../admin",
                "http://a/admin",
                "http://a//x/../admin"
            })
    void D1_no_spelling_of_a_denied_path_gets_past_its_rule(String target) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).policy(DENIES_ADMIN).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(service.connectionCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Admin", "/admin;x", "/admin%3b", "/administrator", "/admin%20", "/x?/../admin"})
    void D1_another_path_is_another_path_and_arrives_as_what_was_authorised(String target) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).policy(DENIES_ADMIN).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(service.awaitRequest().target()).isEqualTo(target.replace("%3b", "%3B"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2fb",
                "/a%2Fb",
                "/a%5cb",
                "/a%5Cb",
                "/a%00",
                "/a%0d%0aX:b",
                "/a%0a",
                "/a%09",
                "/a%1f",
                "/a%7f",
                "/%c0%af",
                "/%c0%ae%c0%ae/",
                "/%e0%80%af",
                "/%f0%80%80%af",
                "/%ed%a0%80",
                "/%f4%90%80%80",
                "/%ff",
                "/%80",
                "/%c3",
                "/%c3x",
                "/%c3%28",
                "/%zz",
                "/%4",
                "/%",
                "/a%4?b",
                "/%u0041",
                "/..",
                "/../admin",
                "/%2e%2e/admin",
                "/x/../../admin",
                "/..;/admin",
                "/x/..;a=b/admin",
                "/.;/admin",
                "/x/..%3b/admin",
                "/?%zz",
                "/?a=%0",
                "/?a=%00"
            })
    void D3_a_path_that_two_servers_could_read_differently_is_refused(String target) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(service.connectionCount()).isZero();
        }
    }

    @ParameterizedTest(name = "{0} arrives as {1}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "/ /",
                "/a/b/ /a/b/",
                "/a//b /a/b",
                "/a///b// /a/b/",
                "// /",
                "/a/. /a/",
                "/a/./b /a/b",
                "/a/b/.. /a/",
                "/a/b/../ /a/",
                "/a/../b /b",
                "/a/.. /",
                "/a/.b /a/.b",
                "/a/..b /a/..b",
                "/a/... /a/...",
                "/%41%5A%61%7a%30%39%2D%2e%5f%7E /AZaz09-._~",
                "/a%20b /a%20b",
                "/%c3%a4 /%C3%A4",
                "/%e2%82%ac /%E2%82%AC",
                "/%f0%9f%98%80 /%F0%9F%98%80",
                "/%3f%23%25%3b /%3F%23%25%3B",
                "/%2525 /%2525",
                "/a;b=c/d;e /a;b=c/d;e",
                "/a:b@c!$&'()*+,=~ /a:b@c!$&'()*+,=~",
                "/{x}|^`\"<> /{x}|^`\"<>",
                "/a? /a?",
                "/a?b=c&d /a?b=c&d",
                "/a/../b?c=/../d//e%2fF /b?c=/../d//e%2fF",
                "/a?b?c/./d /a?b?c/./d",
                "/A/b /A/b"
            },
            quoteCharacter = '\0')
    void a_path_arrives_in_its_one_normal_form_and_a_query_as_it_came(String sent, String received) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET " + sent + " HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            assertThat(service.awaitRequest().target()).isEqualTo(received);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/${jndi:ldap://x/y}", "/#{T(java.lang.Runtime)}", "/?a=${env:SECRET}"})
    void D13_what_looks_like_an_expression_is_text_or_refused(String target) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(), "GET " + target + " HTTP/1.1\r\nHost: a\r\nX-A: ${jndi:ldap://x/y}\r\n\r\n");

            if (target.contains("#")) {
                assertThat(answer.status()).isEqualTo(400);
            } else {
                assertThat(service.awaitRequest().target())
                        .isEqualTo(target.replace("//", target.contains("?") ? "//" : "/"));
                assertThat(service.awaitRequest().header("X-A")).isEqualTo("${jndi:ldap://x/y}");
            }
        }
    }
}
