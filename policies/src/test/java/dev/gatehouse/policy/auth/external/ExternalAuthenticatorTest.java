package dev.gatehouse.policy.auth.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.NeedsNetworkException;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.FakeNetwork;
import dev.gatehouse.policy.auth.TestAnswer;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.jwks.ProviderUrl;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalAuthenticatorTest {
    private final TestContext context = new TestContext();
    private final FakeNetwork network = new FakeNetwork();

    private List<String> credentials = List.of("header.Authorization");
    private List<String> responseHeaders = List.of();
    private @Nullable String userFrom = "header.X-User-Id";
    private @Nullable String rolesFrom = "header.X-Roles";
    private @Nullable String consumerFrom;
    private Map<String, String> claims = Map.of();
    private @Nullable ExternalCacheConfig cache;
    private OnError onError = OnError.UNAVAILABLE;
    private boolean redirects;
    private boolean keep;

    @Test
    void the_auth_service_says_who_it_is_and_the_credential_goes_no_further() {
        says(200, "", "X-User-Id: 12345", "X-Roles: customer, vip");
        FakeExchange exchange =
                bearing("abc").https().line("POST /orders").query("a=1").header("Cookie", "s=1");

        Authentication.Identified known = identified(ask(exchange));

        assertThat(known.identity().subject()).isEqualTo("12345");
        assertThat(known.identity().roles()).containsExactly("customer", "vip");
        assertThat(exchange.removed()).containsExactly("header Authorization");
        HttpRequest sent = network.calls.getFirst();
        assertThat(sent.method()).isEqualTo("GET");
        assertThat(sent.headers().firstValue("Authorization")).hasValue("Bearer abc");
        assertThat(sent.headers().firstValue("Cookie")).hasValue("s=1");
        assertThat(sent.headers().firstValue("X-Forwarded-Method")).hasValue("POST");
        assertThat(sent.headers().firstValue("X-Forwarded-Uri")).hasValue("/orders?a=1");
        assertThat(sent.headers().firstValue("X-Forwarded-Host")).hasValue("api.example.com");
        assertThat(sent.headers().firstValue("X-Forwarded-Proto")).hasValue("https");
        assertThat(sent.headers().firstValue("X-Forwarded-For")).hasValue("192.0.2.1");
        assertThat(sent.headers().firstValue("X-Request-Id")).hasValue("0198-id");
    }

    @Test
    void a_client_cannot_say_what_the_gateway_says_to_the_auth_service() {
        says(200, "", "X-User-Id: 1");
        ask(bearing("abc").header("X-Forwarded-For", "127.0.0.1").header("Connection", "X-Request-Id"));

        HttpRequest sent = network.calls.getFirst();
        assertThat(sent.headers().allValues("X-Forwarded-For")).containsExactly("192.0.2.1");
        assertThat(sent.headers().allValues("Connection")).isEmpty();
        for (String name : List.of("X-Forwarded-For", "Connection", "Host", "X-Request-Id", "Proxy-Authorization")) {
            assertThatThrownBy(() -> sending(name)).as(name).hasMessageStartingWith("request_headers: ");
        }
    }

    @Test
    void who_shows_no_credential_is_somebody_elses() {
        assertThat(ask(new FakeExchange(network))).isSameAs(Authentication.ABSENT);
        assertThat(network.calls).isEmpty();
    }

    @Test
    void who_shows_two_credentials_is_refused() {
        assertThat(refused(ask(bearing("a").header("Authorization", "Bearer b")))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.INVALID_TOKEN);
        assertThat(network.calls).isEmpty();
    }

    @Test
    void an_answer_in_json_is_read_by_paths_and_a_number_may_name_a_user() {
        userFrom = "body.user.id";
        rolesFrom = "body.user.roles";
        consumerFrom = "body.client";
        claims = Map.of("tenant", "body.tenant");
        Consumer acme = new Consumer("acme", null, Set.of(), Set.of("partner"));
        context.consumer(acme);
        says(200, "{\"user\":{\"id\":12345,\"roles\":[\"customer\",7]},\"client\":\"acme\",\"tenant\":{\"id\":9}}");

        var identity = identified(ask(bearing("abc"))).identity();

        assertThat(identity.subject()).isEqualTo("12345");
        assertThat(identity.roles()).containsExactly("customer", "partner");
        assertThat(identity.consumer()).isSameAs(acme);
        assertThat(identity.claim("tenant.id")).isEqualTo(9L);
    }

    @ParameterizedTest // page 6, D7
    @ValueSource(
            strings = {
                "{\"user\":{\"id\":[\"1\",\"2\"]}}",
                "{\"user\":{\"id\":{}}}",
                "{\"user\":{\"id\":true}}",
                "{\"user\":{\"id\":1.5}}",
                "{\"user\":{\"id\":\"\"}}",
                "{\"user\":{}}",
                "{}",
                "[]",
                "",
                "<html>",
                "{\"user\":{\"id\":\"1\"},\"user\":{\"id\":\"2\"}}"
            })
    void an_answer_that_names_no_one_user_lets_nobody_pass(String body) {
        userFrom = "body.user.id";
        says(200, body);

        assertThatThrownBy(() -> ask(bearing("abc"))).hasCauseInstanceOf(IOException.class);
    }

    @Test // page 6, D7
    void two_users_in_the_fields_of_an_answer_let_nobody_pass() {
        says(200, "", "X-User-Id: 1", "X-User-Id: 2");
        assertThatThrownBy(() -> ask(bearing("abc"))).hasCauseInstanceOf(IOException.class);
        says(200, "", "X-User-Id: 1, 2");
        assertThatThrownBy(() -> ask(bearing("abc"))).hasCauseInstanceOf(IOException.class);
        says(200, "");
        assertThatThrownBy(() -> ask(bearing("abc"))).hasCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 304, 400, 404, 429, 500, 503})
    void any_other_status_lets_nobody_pass(int status) {
        says(status, "", "X-User-Id: 1", "Location: /login");
        assertThatThrownBy(() -> ask(bearing("abc"))).hasCauseInstanceOf(IOException.class);
        onError = OnError.DENY;
        assertThat(refused(ask(bearing("abc"))).failure().kind()).isEqualTo(FailureKind.FORBIDDEN);
    }

    @Test
    void an_auth_service_that_is_down_lets_nobody_pass() {
        assertThatThrownBy(() -> ask(bearing("abc"))).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void an_auth_service_that_is_too_slow_lets_nobody_pass_and_is_not_waited_for() {
        CompletableFuture<HttpResponse<byte[]>> call = new CompletableFuture<>();
        network.answer = _ -> call;
        CompletableFuture<? extends Authentication> said =
                awaited(authenticator().authenticate(bearing("abc")));
        assertThat(said).isNotDone();

        network.timers.getFirst().complete(null);

        assertThat(call).isCancelled();
        assertThatThrownBy(said::join).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void what_the_auth_service_wants_is_told_to_the_client() {
        says(401, "", "WWW-Authenticate: Bearer realm=\"a\"", "WWW-Authenticate: Basic realm=\"b\"");
        Authentication.Refused invalid = refused(ask(bearing("abc")));
        assertThat(invalid.failure().kind()).isEqualTo(FailureKind.INVALID_TOKEN);
        assertThat(invalid.challenge()).isEqualTo("Bearer realm=\"a\", Basic realm=\"b\"");

        says(403, "");
        assertThat(refused(ask(bearing("abc"))).failure().kind()).isEqualTo(FailureKind.FORBIDDEN);

        credentials = List.of();
        says(401, "", "WWW-Authenticate: Negotiate");
        Authentication.Refused missing = refused(ask(new FakeExchange(network)));
        assertThat(missing.failure().kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
        assertThat(missing.challenge()).isEqualTo("Negotiate");
    }

    @Test
    void a_login_page_is_shown_where_that_is_wanted() {
        redirects = true;
        credentials = List.of();
        says(302, "", "Location: https://id.example/login", "Set-Cookie: state=1", "X-User-Id: 1");

        assertThat(ask(new FakeExchange(network))).isInstanceOfSatisfying(Authentication.Answered.class, answer -> {
            assertThat(answer.response().status()).isEqualTo(302);
            assertThat(String.valueOf(answer.response().header(HeaderName.LOCATION)))
                    .isEqualTo("https://id.example/login");
            assertThat(String.valueOf(answer.response().header(HeaderName.of("Set-Cookie"))))
                    .isEqualTo("state=1");
        });
    }

    @Test // page 6, D13
    void fields_of_the_answer_reach_the_service_as_they_are() {
        responseHeaders = List.of("X-Tenant", "X-Plan");
        says(200, "", "X-User-Id: #{T(java.lang.Runtime)}", "X-Tenant: ${env:SECRET}", "X-Other: 1");
        FakeExchange exchange = bearing("abc");

        assertThat(identified(ask(exchange)).identity().subject()).isEqualTo("#{T(java.lang.Runtime)}");
        assertThat(exchange.added()).containsOnly(Map.entry(HeaderName.of("X-Tenant"), "${env:SECRET}"));
    }

    @Test
    void credentials_are_kept_where_that_is_wanted() {
        keep = true;
        says(200, "", "X-User-Id: 1");
        FakeExchange exchange = bearing("abc");
        ask(exchange);
        assertThat(exchange.removed()).isEmpty();
    }

    @Test
    void an_answer_holds_as_long_as_the_cache_says_for_the_same_key_only() {
        cache = new ExternalCacheConfig(Duration.ofSeconds(5), List.of("header.Authorization", "method"));
        says(200, "", "X-User-Id: 1");
        ExternalAuthenticator authenticator = authenticator();

        for (int i = 0; i < 3; i++) {
            identified(finish(authenticator.authenticate(bearing("abc"))));
        }
        assertThat(network.calls).hasSize(1);
        identified(finish(authenticator.authenticate(bearing("abd"))));
        identified(finish(authenticator.authenticate(bearing("abc").line("DELETE /orders"))));
        assertThat(network.calls).hasSize(3);
        context.clock.advance(Duration.ofSeconds(5));
        identified(finish(authenticator.authenticate(bearing("abc"))));
        assertThat(network.calls).hasSize(4);
        identified(finish(authenticator().authenticate(bearing("abc"))));
        assertThat(network.calls).as("kept through a reload").hasSize(4);
        userFrom = null;
        identified(finish(authenticator().authenticate(bearing("abc"))));
        assertThat(network.calls).as("not by other rules").hasSize(5);
    }

    @Test
    void a_failure_is_not_remembered() {
        cache = new ExternalCacheConfig(Duration.ofSeconds(5), List.of("header.Authorization"));
        says(500, "");
        ExternalAuthenticator authenticator = authenticator();
        assertThatThrownBy(() -> finish(authenticator.authenticate(bearing("abc"))))
                .isInstanceOf(CompletionException.class);
        says(200, "", "X-User-Id: 1");
        identified(finish(authenticator.authenticate(bearing("abc"))));
    }

    @Test
    void a_cache_that_would_mix_up_clients_is_refused() {
        cache = new ExternalCacheConfig(Duration.ofSeconds(5), List.of("path"));
        assertThatThrownBy(this::authenticator)
                .hasMessage("cache.key: has to hold 'header.Authorization', by which clients are told apart");
    }

    @Test
    void those_who_ask_the_same_at_the_same_time_share_one_call() {
        List<CompletableFuture<HttpResponse<byte[]>>> calls = new ArrayList<>();
        network.answer = _ -> {
            calls.add(new CompletableFuture<>());
            return calls.getLast();
        };
        ExternalAuthenticator authenticator = authenticator();
        var first = awaited(authenticator.authenticate(bearing("abc")));
        var second = awaited(authenticator.authenticate(bearing("abc")));
        var other = awaited(authenticator.authenticate(bearing("abd")));
        assertThat(calls).hasSize(2);

        first.cancel(true);
        calls.getFirst()
                .complete(TestAnswer.with(network.calls.getFirst(), 200, "", "X-User-Id: 1")
                        .join());
        assertThat(identified(second.join()).identity().subject()).isEqualTo("1");
        assertThat(other).isNotDone();
    }

    @Test
    void a_login_that_is_begun_is_nobody_elses() {
        redirects = true;
        credentials = List.of();
        network.answer = _ -> new CompletableFuture<>();
        ExternalAuthenticator authenticator = authenticator();
        authenticator.authenticate(new FakeExchange(network));
        authenticator.authenticate(new FakeExchange(network));
        assertThat(network.calls).hasSize(2);
    }

    @Test
    void no_more_than_so_many_questions_are_under_way() {
        network.answer = _ -> new CompletableFuture<>();
        ExternalAuthenticator authenticator = authenticator();
        for (int i = 0; i < 256; i++) {
            authenticator.authenticate(bearing("t" + i));
        }
        assertThatThrownBy(() -> finish(authenticator.authenticate(bearing("one more"))))
                .hasCauseInstanceOf(IOException.class);
        assertThat(network.calls).hasSize(256);
    }

    @Test
    void who_only_asks_calls_nobody() {
        assertThatThrownBy(() -> ask(bearing("abc").asksOnly())).hasCauseInstanceOf(NeedsNetworkException.class);
        onError = OnError.DENY;
        assertThatThrownBy(() -> ask(bearing("abc").asksOnly())).hasCauseInstanceOf(NeedsNetworkException.class);
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        credentials = List.of("path");
        assertThatThrownBy(this::authenticator).hasMessageStartingWith("credentials: 'path' is in every request");
        credentials = List.of("nonsense");
        assertThatThrownBy(this::authenticator).hasMessageStartingWith("credentials: 'nonsense' is no part");
        credentials = List.of();
        userFrom = "X-User";
        assertThatThrownBy(this::authenticator).hasMessageStartingWith("user_from: 'X-User' is no part of an answer");
        userFrom = null;
        responseHeaders = List.of("Transfer-Encoding");
        assertThatThrownBy(this::authenticator).hasMessageStartingWith("response_headers: ");
    }

    private FakeExchange bearing(String token) {
        return new FakeExchange(network).header("Authorization", "Bearer " + token);
    }

    private void says(int status, String body, String... fields) {
        network.answer = request -> TestAnswer.with(request, status, body, fields);
    }

    private void sending(String name) {
        config(List.of(name));
    }

    private ExternalConfig config(List<String> requestHeaders) {
        return new ExternalConfig(
                ProviderUrl.of("http://127.0.0.1:9/auth"),
                "GET",
                credentials,
                requestHeaders,
                responseHeaders,
                userFrom,
                rolesFrom,
                consumerFrom,
                claims,
                cache,
                Duration.ofSeconds(2),
                onError,
                redirects,
                keep);
    }

    private ExternalAuthenticator authenticator() {
        return new ExternalAuthenticatorFactory()
                .create(config(List.of("Authorization", "Cookie", "X-API-Key")), context);
    }

    private Authentication ask(FakeExchange exchange) {
        return finish(authenticator().authenticate(exchange));
    }

    private static Authentication finish(Authentication said) {
        return said instanceof Authentication.Awaited ? awaited(said).join() : said;
    }

    private static CompletableFuture<? extends Authentication> awaited(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Awaited.class);
        return ((Authentication.Awaited) said).stage().toCompletableFuture();
    }

    private static Authentication.Identified identified(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Identified.class);
        return (Authentication.Identified) said;
    }

    private static Authentication.Refused refused(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Refused.class);
        return (Authentication.Refused) said;
    }
}
