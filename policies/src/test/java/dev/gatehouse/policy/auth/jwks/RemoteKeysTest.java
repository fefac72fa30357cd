package dev.gatehouse.policy.auth.jwks;

import static dev.gatehouse.policy.auth.Tokens.EC;
import static dev.gatehouse.policy.auth.Tokens.RSA;
import static dev.gatehouse.policy.auth.Tokens.jwks;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Case E12, with a provider that is scripted.
class RemoteKeysTest {
    private static final Duration REFRESH = Duration.ofMinutes(10);

    private final TestContext context = new TestContext();
    private final FakeNetwork network = new FakeNetwork();
    private final KeySource keys = RemoteKeys.source(ProviderUrl.of("https://id.tasty.example/jwks"), REFRESH, context);

    @Test
    void many_wait_for_one_fetch_and_one_that_leaves_takes_nothing_from_the_others() {
        CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();
        network.answer = _ -> answer;
        List<CompletableFuture<KeySet>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(keys.newer(request()));
        }

        waiting.getFirst().cancel(true);
        answer.complete(TestAnswer.now(network.calls.getFirst(), 200, jwks(RSA)).resultNow());

        assertThat(network.calls).hasSize(1);
        assertThat(waiting.subList(1, 100))
                .allSatisfy(one -> assertThat(one.resultNow().keys()).hasSize(1));
        assertThat(keys.atHand(request())).isNotNull();
    }

    @Test
    void nothing_is_fetched_until_keys_are_old_and_then_nobody_waits() {
        provides(jwks(RSA));
        KeySet first = keys.newer(request()).resultNow();
        context.clock.advance(REFRESH);
        assertThat(keys.atHand(request())).isSameAs(first);
        assertThat(network.calls).hasSize(1);

        CompletableFuture<HttpResponse<byte[]>> slow = new CompletableFuture<>();
        network.answer = _ -> slow;
        context.clock.advance(Duration.ofSeconds(1));
        assertThat(keys.atHand(request())).isSameAs(first);
        assertThat(keys.atHand(request())).isSameAs(first);
        assertThat(network.calls).hasSize(2);

        slow.complete(
                TestAnswer.now(network.calls.getLast(), 200, jwks(RSA, EC)).resultNow());
        assertThat(keys.atHand(request()).keys()).hasSize(2);
    }

    @Test
    void the_same_keys_stay_the_same_object() {
        provides(jwks(RSA));
        KeySet first = keys.newer(request()).resultNow();
        context.clock.advance(REFRESH.plusSeconds(1));
        keys.atHand(request());

        assertThat(network.calls).hasSize(2);
        assertThat(keys.atHand(request())).isSameAs(first);
    }

    @Test
    void keys_that_nobody_has_make_no_storm() {
        provides(jwks(RSA));
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 50; i++) {
                keys.newer(request());
            }
            context.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(network.calls).as("one in 5 s, for a minute").hasSize(12);
    }

    @Test
    void a_rotated_key_is_found_by_the_first_token_that_names_it() {
        provides(jwks(RSA));
        keys.newer(request());
        context.clock.advance(Duration.ofMinutes(3));
        provides(jwks(EC));

        KeySet rotated = keys.newer(request()).resultNow();

        assertThat(rotated.candidates("ec-1", SigningAlgorithm.ES256)).hasSize(1);
        assertThat(rotated.candidates("rsa-1", SigningAlgorithm.RS256)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Sign in</html>",
                "",
                "[]",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}",
                "{\"keys\":[null,1,{\"kty\":\"RSA\"}]}"
            })
    void an_answer_that_makes_no_sense_harms_nobody_with_a_known_key(String answer) {
        provides(jwks(RSA));
        KeySet first = keys.newer(request()).resultNow();
        provides(answer);
        context.clock.advance(REFRESH.plusSeconds(1));

        assertThat(keys.atHand(request())).isSameAs(first);
        assertThat(keys.atHand(request())).isSameAs(first);
        assertThat(network.calls).hasSize(2);
        assertThat(context.counters.get("gatehouse_jwks_fetchesfailure").get()).isEqualTo(1);
    }

    @Test
    void stale_keys_are_kept_while_the_provider_is_down_for_ten_minutes_and_new_ones_taken_at_once() {
        provides(jwks(RSA));
        KeySet first = keys.newer(request()).resultNow();
        network.answer = _ -> CompletableFuture.failedFuture(new ConnectException("refused"));
        for (int second = 0; second < 1200; second++) {
            context.clock.advance(Duration.ofSeconds(1));
            assertThat(keys.atHand(request())).isSameAs(first);
        }
        assertThat(network.calls.size()).isBetween(100, 125);

        provides(jwks(EC));
        context.clock.advance(Duration.ofSeconds(5));
        keys.atHand(request());
        assertThat(keys.atHand(request()).candidates("ec-1", SigningAlgorithm.ES256))
                .hasSize(1);
    }

    @Test
    void a_token_with_an_unknown_key_is_not_called_bad_while_the_provider_is_down() {
        provides(jwks(RSA));
        keys.newer(request());
        network.answer = _ -> CompletableFuture.failedFuture(new ConnectException("refused"));
        context.clock.advance(Duration.ofSeconds(5));

        assertThat(keys.newer(request()).exceptionNow()).isInstanceOf(IOException.class);
        assertThat(keys.newer(request()).exceptionNow()).isInstanceOf(IOException.class);
        assertThat(network.calls).hasSize(2);
    }

    @Test
    void without_any_keys_the_provider_is_asked_every_second() {
        assertThat(keys.newer(request()).exceptionNow()).isInstanceOf(IOException.class);
        keys.newer(request());
        assertThat(network.calls).hasSize(1);
        provides(jwks(RSA));
        context.clock.advance(Duration.ofSeconds(1));
        assertThat(keys.newer(request()).resultNow().keys()).hasSize(1);
    }

    @Test
    void a_body_that_never_ends_is_given_up() {
        CompletableFuture<HttpResponse<byte[]>> never = new CompletableFuture<>();
        network.answer = _ -> never;
        CompletableFuture<KeySet> waiting = keys.newer(request());

        network.timers.getFirst().complete(null);

        assertThat(never).isCancelled();
        assertThat(waiting.exceptionNow()).isInstanceOf(IOException.class);
    }

    @Test
    void explain_fetches_nothing_and_changes_nothing() {
        assertThat(keys.newer(request().asksOnly()).exceptionNow()).isInstanceOf(NeedsNetworkException.class);
        provides(jwks(RSA));
        assertThat(keys.newer(request()).resultNow().keys()).hasSize(1);
        context.clock.advance(REFRESH.plusSeconds(1));
        assertThat(keys.atHand(request().asksOnly()).keys()).hasSize(1);
        assertThat(network.calls).hasSize(1);
    }

    private FakeExchange request() {
        return new FakeExchange(network);
    }

    private void provides(String body) {
        network.answer = request -> TestAnswer.now(request, 200, body);
    }
}
