package dev.gatehouse.policy.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.FakeNetwork;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.Tokens;
import dev.gatehouse.policy.auth.oidc.Renewals.Renewal;
import dev.gatehouse.policy.auth.oidc.session.AskedStore;
import dev.gatehouse.policy.auth.oidc.session.Secrets;
import dev.gatehouse.policy.auth.oidc.session.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Two gateways with one store, and a provider that takes each refresh token once: who brings one again has the whole
/// session ended (RFC 9700 §4.14.2).
class SharedRenewalsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TestClock clock = new TestClock();
    private final AskedStore store = new AskedStore(clock);
    private final StrictProvider provider = new StrictProvider();
    private final Gateway one = new Gateway();
    private final Gateway two = new Gateway();
    private final Session session = session("refresh-0");

    @Test
    void two_that_refresh_at_the_same_moment_ask_the_provider_once_and_have_the_same_tokens() {
        CompletableFuture<Renewal> first = one.renew(session);
        CompletableFuture<Renewal> second = two.renew(session);
        assertThat(second).isNotDone();

        provider.answers();
        two.wakes();

        assertThat(token(first)).isEqualTo("refresh-1");
        assertThat(token(second)).isEqualTo("refresh-1");
        assertThat(provider.asked).containsExactly("refresh-0");
        assertThat(provider.ended).isFalse();
    }

    @Test
    void who_still_shows_the_old_cookie_to_another_gateway_is_given_what_came_of_it_for_a_minute() {
        one.renew(session);
        provider.answers();
        clock.advance(Duration.ofSeconds(59));

        assertThat(token(two.renew(session))).isEqualTo("refresh-1");
        assertThat(provider.asked).hasSize(1);

        clock.advance(Duration.ofSeconds(2));
        CompletableFuture<Renewal> late = new Gateway().renew(session);
        provider.answers();
        assertThat(late.resultNow()).as("nobody can know any more").isInstanceOf(Renewal.Over.class);
    }

    @Test
    void the_next_refresh_is_another_one() {
        one.renew(session);
        provider.answers();
        Session next = session("refresh-1");
        CompletableFuture<Renewal> second = two.renew(next);
        provider.answers();
        assertThat(token(second)).isEqualTo("refresh-2");
        assertThat(provider.ended).isFalse();
    }

    @Test
    void a_no_of_the_provider_is_a_no_for_all() {
        provider.ended = true;
        CompletableFuture<Renewal> first = one.renew(session);
        CompletableFuture<Renewal> second = two.renew(session);
        provider.answers();
        two.wakes();

        assertThat(first.resultNow()).isInstanceOf(Renewal.Over.class);
        assertThat(second.resultNow()).isInstanceOf(Renewal.Over.class);
        assertThat(provider.asked).hasSize(1);
    }

    @Test
    void a_provider_that_could_not_be_asked_by_one_may_be_asked_by_the_other() {
        CompletableFuture<Renewal> first = one.renew(session);
        provider.isDown();
        assertThat(first.resultNow()).isInstanceOf(Renewal.Later.class);

        CompletableFuture<Renewal> second = two.renew(session);
        provider.answers();
        assertThat(token(second)).isEqualTo("refresh-1");
    }

    @Test
    void a_gateway_that_dies_while_it_asks_is_not_waited_for_without_end() {
        one.renew(session);
        CompletableFuture<Renewal> waiting = two.renew(session);
        for (int i = 0; i < 100; i++) {
            two.wakes();
        }
        assertThat(waiting.resultNow()).as("the session goes on").isInstanceOf(Renewal.Later.class);
        assertThat(provider.asked).as("nobody else asked meanwhile").hasSize(1);

        clock.advance(PATIENCE.plusSeconds(16));
        provider.forgets();
        CompletableFuture<Renewal> next = two.renew(session);
        provider.answers();
        assertThat(token(next)).isEqualTo("refresh-1");
    }

    @Test
    void without_the_store_nobody_asks_and_the_session_goes_on() {
        store.down = true;
        assertThat(one.renew(session).resultNow()).isInstanceOf(Renewal.Later.class);
        assertThat(provider.asked).isEmpty();
    }

    @Test
    void new_tokens_are_good_even_where_the_others_cannot_be_told() {
        CompletableFuture<Renewal> first = one.renew(session);
        store.down = true;
        provider.answers();
        assertThat(token(first)).isEqualTo("refresh-1");
    }

    @Test
    void the_store_learns_no_token_and_explain_waits_for_nobody() throws Exception {
        one.renew(session);
        assertThat(two.asks(session).resultNow()).isInstanceOf(Renewal.Later.class);
        provider.answers();
        for (String key : store.store().keys("", 10).toCompletableFuture().get()) {
            byte[] value = store.store().get(key).toCompletableFuture().get();
            assertThat(key + new String(value, StandardCharsets.ISO_8859_1))
                    .doesNotContain("refresh-")
                    .doesNotContain(session.id());
        }
    }

    private static @Nullable String token(CompletableFuture<Renewal> renewal) {
        return renewal.resultNow() instanceof Renewal.Renewed(Session fresh) ? fresh.refresh() : "none";
    }

    private static Session session(String refresh) {
        String idToken = Tokens.signed(Tokens.EC, "ES256", Tokens.claims());
        return new Session(
                "the-id-of-this-session-43-characters-at-all",
                TestClock.START,
                TestClock.START,
                idToken,
                refresh,
                null,
                TestClock.START.plusSeconds(300),
                Map.of());
    }

    /// A gateway, as far as refreshes go.
    private final class Gateway {
        private final FakeNetwork network = new FakeNetwork();
        private final TestContext context = new TestContext().with(store.store());
        private final Renewals own = new Renewals();
        private final SharedRenewals shared = new SharedRenewals("backoffice", context.store(null), PATIENCE);

        CompletableFuture<Renewal> renew(Session session) {
            return own.renew(
                    Secrets.hash(session.id() + session.refresh()),
                    clock.nanos(),
                    () -> asked(new FakeExchange(network), session));
        }

        private CompletableFuture<Renewal> asked(FakeExchange exchange, Session session) {
            String token = String.valueOf(session.refresh());
            return shared.renew(exchange, session, token, () -> provider.ask(token));
        }

        /// By `explain`.
        CompletableFuture<Renewal> asks(Session session) {
            FakeExchange exchange = new FakeExchange(network).asksOnly();
            CompletableFuture<Renewal> said = asked(exchange, session);
            while (!said.isDone()) {
                wakes();
            }
            return said;
        }

        /// Its timers are over.
        void wakes() {
            List<CompletableFuture<Void>> timers = List.copyOf(network.timers);
            network.timers.clear();
            timers.forEach(timer -> timer.complete(null));
        }
    }

    /// Answers when it is told to.
    private static final class StrictProvider {
        final List<String> asked = new ArrayList<>();
        boolean ended;
        private int given;
        private @Nullable Runnable answer;
        private @Nullable CompletableFuture<Renewal> waiting;

        CompletableFuture<Renewal> ask(String token) {
            asked.add(token);
            CompletableFuture<Renewal> said = new CompletableFuture<>();
            waiting = said;
            answer = () -> {
                ended |= !token.equals("refresh-" + given);
                said.complete(ended ? new Renewal.Over() : new Renewal.Renewed(session("refresh-" + ++given)));
            };
            return said;
        }

        void answers() {
            assertThat(answer).as("somebody asks").isNotNull();
            answer.run();
        }

        void isDown() {
            assertThat(waiting).isNotNull();
            waiting.complete(new Renewal.Later());
        }

        /// What it was asked never came to it.
        void forgets() {
            answer = null;
        }
    }
}
