package dev.gatehouse.policy.auth.jwks;

import static dev.gatehouse.policy.auth.Tokens.EC;
import static dev.gatehouse.policy.auth.Tokens.RSA;
import static dev.gatehouse.policy.auth.Tokens.jwks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.NeedsNetworkException;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.FakeNetwork;
import dev.gatehouse.policy.auth.TestAnswer;
import dev.gatehouse.policy.auth.TestContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys by issuer alone, with a provider that is scripted.
class DiscoveredKeysTest {
    private static final String ISSUER = "https://id.tasty.example";
    private static final String METADATA = ISSUER + "/.well-known/openid-configuration";
    private static final Duration REFRESH = Duration.ofMinutes(10);

    private final TestContext context = new TestContext();
    private final FakeNetwork network = new FakeNetwork();
    private final Map<String, String> pages = new HashMap<>();
    private final KeySource keys = DiscoveredKeys.source(Discovery.of(null, ISSUER), REFRESH, context);

    DiscoveredKeysTest() {
        network.answer = request -> {
            String page = pages.get(request.uri().toString());
            return TestAnswer.now(request, page == null ? 404 : 200, page == null ? "" : page);
        };
    }

    @Test
    void nothing_is_fetched_until_the_first_token_comes_then_metadata_and_keys() {
        publishes(ISSUER, ISSUER + "/keys", jwks(RSA));
        assertThat(keys.atHand(request())).isNull();
        assertThat(asked()).isEmpty();

        assertThat(keys.newer(request()).resultNow().keys()).hasSize(1);

        assertThat(asked()).containsExactly(METADATA, ISSUER + "/keys");
        assertThat(keys.atHand(request()).keys()).hasSize(1);
        assertThat(asked()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example, https://id.example/.well-known/oauth-authorization-server",
        "https://id.example/, https://id.example/.well-known/oauth-authorization-server",
        "https://id.example/realms/shop, https://id.example/.well-known/oauth-authorization-server/realms/shop",
    })
    void who_publishes_nothing_for_openid_is_asked_as_an_oauth_server(String issuer, String page) {
        pages.put(page, metadata(issuer, "https://id.example/keys"));
        pages.put("https://id.example/keys", jwks(RSA));
        KeySource found = DiscoveredKeys.source(Discovery.of(null, issuer), REFRESH, context);

        assertThat(found.newer(request()).resultNow().keys()).hasSize(1);
        assertThat(asked().get(1)).isEqualTo(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"issuer\":\"https://id.evil.example\",\"jwks_uri\":\"https://id.tasty.example/keys\"}",
                "{\"issuer\":\"https://id.tasty.example/\",\"jwks_uri\":\"https://id.tasty.example/keys\"}",
                "{\"issuer\":[\"https://id.tasty.example\"],\"jwks_uri\":\"https://id.tasty.example/keys\"}",
                "{\"jwks_uri\":\"https://id.tasty.example/keys\"}",
                "{\"issuer\":\"https://id.tasty.example\"}",
                "{\"issuer\":\"https://id.tasty.example\",\"jwks_uri\":\"http://id.tasty.example/keys\"}",
                "{\"issuer\":\"https://id.tasty.example\",\"jwks_uri\":\"http://127.0.0.1:9000/keys\"}",
                "{\"issuer\":\"https://id.tasty.example\",\"jwks_uri\":\"file:///etc/passwd\"}",
                "{\"issuer\":\"https://id.tasty.example\",\"jwks_uri\":\"https://a:b@id.tasty.example/keys\"}",
                "<html>Sign in</html>",
                "{}"
            })
    void a_document_that_is_not_the_issuers_or_leads_elsewhere_is_not_followed(String document) {
        pages.put(METADATA, document);

        assertThat(keys.newer(request()).exceptionNow()).hasRootCauseInstanceOf(Exception.class);

        assertThat(asked()).containsExactly(METADATA);
        assertThat(context.counters
                        .get("gatehouse_oidc_discovery_fetchesfailure")
                        .get())
                .isEqualTo(1);
    }

    @Test
    void keys_on_this_machine_need_no_https() {
        String issuer = "http://127.0.0.1:8180/realms/shop";
        pages.put(issuer + "/.well-known/openid-configuration", metadata(issuer, "http://localhost:8180/keys"));
        pages.put("http://localhost:8180/keys", jwks(EC));
        KeySource found = DiscoveredKeys.source(Discovery.of(null, issuer), REFRESH, context);
        assertThat(found.newer(request()).resultNow().keys()).hasSize(1);

        pages.put(issuer + "/.well-known/openid-configuration", metadata(issuer, "http://10.1.2.3/keys"));
        KeySource other = DiscoveredKeys.source(Discovery.of(null, issuer), REFRESH, new TestContext());
        assertThat(other.newer(request()).exceptionNow()).isInstanceOf(IOException.class);
    }

    @Test
    void a_provider_that_is_down_for_an_hour_harms_nobody_with_a_known_key() {
        publishes(ISSUER, ISSUER + "/keys", jwks(RSA));
        KeySet first = keys.newer(request()).resultNow();
        network.answer = _ -> CompletableFuture.failedFuture(new ConnectException("refused"));
        for (int second = 0; second < 3600; second++) {
            context.clock.advance(Duration.ofSeconds(1));
            assertThat(keys.atHand(request())).isSameAs(first);
        }
        // The document and the keys, each every 5 s at most, from the tenth minute on.
        assertThat(network.calls.size()).isBetween(1000, 2 * 600 + 2);
    }

    @Test
    void keys_that_move_are_found_and_those_known_stay_in_use_until_then() {
        publishes(ISSUER, ISSUER + "/keys", jwks(RSA));
        KeySet first = keys.newer(request()).resultNow();
        publishes(ISSUER, ISSUER + "/moved", jwks(EC));
        context.clock.advance(REFRESH.plusSeconds(1));
        keys.atHand(request()); // which fetches the document
        CompletableFuture<HttpResponse<byte[]>> slow = new CompletableFuture<>();
        network.answer = _ -> slow;

        assertThat(keys.atHand(request())).isSameAs(first);
        assertThat(keys.atHand(request())).isSameAs(first);

        slow.complete(TestAnswer.now(network.calls.getLast(), 200, jwks(EC)).resultNow());
        assertThat(asked().getLast()).isEqualTo(ISSUER + "/moved");
        assertThat(keys.atHand(request()).candidates("ec-1", SigningAlgorithm.ES256))
                .hasSize(1);
    }

    @Test
    void tokens_of_keys_nobody_has_make_no_storm() {
        publishes(ISSUER, ISSUER + "/keys", jwks(RSA));
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 50; i++) {
                keys.newer(request());
            }
            context.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(asked()).as("the keys once in 5 s, the document once").hasSize(13);
    }

    @Test
    void many_wait_for_one_fetch() {
        publishes(ISSUER, ISSUER + "/keys", jwks(RSA));
        CompletableFuture<HttpResponse<byte[]>> slow = new CompletableFuture<>();
        network.answer =
                request -> request.uri().getPath().equals("/keys") ? TestAnswer.now(request, 200, jwks(RSA)) : slow;
        List<CompletableFuture<KeySet>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(keys.newer(request()));
        }
        slow.complete(TestAnswer.now(network.calls.getFirst(), 200, pages.get(METADATA))
                .resultNow());

        assertThat(waiting).allSatisfy(one -> assertThat(one.resultNow().keys()).hasSize(1));
        assertThat(asked()).containsExactly(METADATA, ISSUER + "/keys");
    }

    @Test
    void explain_fetches_nothing_and_uses_what_is_known() {
        assertThat(keys.newer(request().asksOnly()).exceptionNow()).isInstanceOf(NeedsNetworkException.class);
        publishes(ISSUER, ISSUER + "/keys", jwks(RSA));
        keys.newer(request());
        assertThat(keys.atHand(request().asksOnly()).keys()).hasSize(1);
        assertThat(asked()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example/.well-known/openid-configuration, https://id.example",
        "https://id.example/a/.well-known/openid-configuration, https://id.example/a",
        "https://id.example/.well-known/oauth-authorization-server, https://id.example",
        "https://id.example/.well-known/oauth-authorization-server/a/b, https://id.example/a/b",
        "https://id.example/.well-known/oauth-authorization-servers, ",
        "https://id.example/metadata, ",
    })
    void a_well_known_address_says_whose_it_is(String url, String issuer) {
        assertThat(Discovery.issuerOf(ProviderUrl.of(url))).isEqualTo(issuer);
    }

    @Test
    void an_issuer_that_leads_nowhere_or_over_an_open_wire_is_told() {
        assertThatThrownBy(() -> Discovery.of(null, "gatehouse"))
                .hasMessageStartingWith("issuer: keys are found by it");
        assertThatThrownBy(() -> Discovery.of(null, "https://id.example/?a=b")).hasMessageContaining("has no query");
        for (String open : List.of("http://id.example", "http://10.0.0.1", "http://127.0.0.1.evil.example")) {
            assertThatThrownBy(() -> Discovery.of(null, open)).hasMessageStartingWith("issuer: keys are found over");
            assertThatThrownBy(() -> Discovery.of(ProviderUrl.of(open + "/x"), ISSUER))
                    .hasMessageStartingWith("discovery_url: keys are found over https://");
        }
        assertThat(Discovery.of(null, "http://[::1]:8180").locations()).hasSize(2);
    }

    private void publishes(String issuer, String place, String set) {
        pages.put(METADATA, metadata(issuer, place));
        pages.put(place, set);
    }

    private static String metadata(String issuer, String place) {
        return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + place + "\"}";
    }

    private List<String> asked() {
        return network.calls.stream().map(call -> call.uri().toString()).toList();
    }

    private FakeExchange request() {
        return new FakeExchange(network);
    }
}
