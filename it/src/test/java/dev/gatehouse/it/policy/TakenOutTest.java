package dev.gatehouse.it.policy;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyRequest;
import dev.gatehouse.testkit.PolicyResult;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import org.junit.jupiter.api.Test;

/// What one policy takes out of what the service is sent is still what the client asked, for every other policy
/// and for facts: on the wire and in `explain` and tests alike. (Over HTTP/2 see `it.http2.ExchangeTest`.)
@LeavesNothingBehind
class TakenOutTest {
    private static final PolicyRequest REQUEST =
            request("GET /?a=1&key=q1").header("X-Key", "k1").header("Cookie", "sid=s1; theme=dark");

    @Test
    void a_later_policy_sees_what_was_taken_out_and_the_service_does_not() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from("""
                        services: { shop: { instances: [ "%s" ] } }
                        routes:
                          - { path: "/**", service: shop, take: { header: X-Key } }
                        """.formatted(service.url()), TakerFactory.OPTIONS)) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(),
                    "GET /?a=1&key=q1 HTTP/1.1\r\nHost: a\r\nX-Key: k1\r\nCookie: sid=s1; theme=dark\r\n\r\n");

            assertThat(answer.header("X-Asked")).isEqualTo(TakerFactory.ALL);
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.target()).isEqualTo("/?a=1");
            assertThat(sent.headers("X-Key")).isEmpty();
            assertThat(sent.headers("Cookie")).containsExactly("theme=dark");
        }
    }

    @Test
    void an_exchange_of_a_test_and_of_explain_is_no_other() {
        try (var harness = PolicyHarness.of(new TakerFactory(), "{ header: X-Key }")) {
            PolicyResult played = harness.send(REQUEST);

            assertThat(played.header("X-Asked")).isEqualTo(TakerFactory.ALL);
            assertThat(played.sent().target()).isEqualTo("/?a=1");
            assertThat(played.sent().header("X-Key")).isNull();
            assertThat(played.sent().header("Cookie")).isEqualTo("theme=dark");
            assertThat(harness.explain(REQUEST).notes()).contains(TakerFactory.ALL);
        }
    }

    @Test
    void a_policy_that_is_only_tried_takes_nothing_out() {
        try (var harness = PolicyHarness.with(new TakerFactory(), "{ header: X-Key }")
                .shadow()
                .open()) {
            PolicyResult played = harness.send(REQUEST);

            assertThat(played.sent().target()).isEqualTo("/?a=1&key=q1");
            assertThat(played.sent().header("X-Key")).isEqualTo("k1");
            assertThat(played.sent().header("Cookie")).isEqualTo("sid=s1; theme=dark");
        }
    }

    /// The second removal finds none of the first one's cookie, which has left the request with no Cookie at all.
    @Test
    void cookies_that_are_taken_out_one_by_one_stay_out() {
        try (var harness =
                PolicyHarness.with(new TakerFactory(), "{ header: Cookie }").open()) {
            PolicyResult played = harness.send(request("GET /").header("Cookie", "sid=s1; theme=dark"));

            assertThat(played.sent().header("Cookie")).isNull();
        }
    }

    @Test
    void what_was_taken_out_is_not_brought_back_under_a_new_name() {
        try (var harness = PolicyHarness.with(new TakerFactory(), "{ header: X-Key }")
                .route("headers: { request: { rename: { X-Key: X-Other, Cookie: X-Cookie } } }")
                .open()) {
            PolicyResult played = harness.send(REQUEST);

            assertThat(played.sent().header("X-Other")).isNull();
            assertThat(played.sent().header("X-Cookie")).isEqualTo("theme=dark");
            assertThat(played.sent().header("Cookie")).isNull();
        }
    }
}
