package dev.gatehouse.policy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.identity.AssumedIdentity;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.FakeExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthPolicyTest {
    private static final Authentication.Refused BAD =
            new Authentication.Refused(new Failure(FailureKind.INVALID_TOKEN, "no good"));

    private final FakeExchange exchange = new FakeExchange();

    /// Says always the same.
    private static final class Fixed implements Authenticator {
        private final Authentication said;
        private final @Nullable String challenge;
        private boolean ambient;
        private List<CredentialCarrier> carriers = List.of();
        private int asked;
        private int shown;

        private Fixed(Authentication said, @Nullable String challenge) {
            this.said = said;
            this.challenge = challenge;
        }

        /// Finds it in this cookie.
        Fixed inCookie(String name) {
            carriers = List.of(new CredentialCarrier.Cookie(name));
            return this;
        }

        @Override
        public List<CredentialCarrier> carriers(Exchange exchange) {
            return carriers;
        }

        /// Finds it where browsers send it by themselves.
        Fixed ambient() {
            ambient = true;
            return this;
        }

        @Override
        public Authentication authenticate(Exchange exchange) {
            asked++;
            if (ambient) {
                exchange.set(Identity.AMBIENT, true);
            }
            return said;
        }

        @Override
        public @Nullable String challenge(Exchange exchange) {
            return challenge;
        }

        @Override
        public void onResponse(Exchange exchange, Response response) {
            shown++;
        }
    }

    @Test
    void the_first_credential_present_decides() {
        Fixed first = saying(Authentication.ABSENT);
        Fixed second = saying(known("u2", "b"));
        Fixed third = saying(known("u3", "c"));

        assertThat(any(first, second, third).onRequest(exchange)).isEqualTo(Decision.CONTINUE);

        assertThat(subject()).isEqualTo("u2");
        assertThat(third.asked).isZero();
        assertThat(exchange.rules()).last().isEqualTo("auth.m1 gateway.yaml:2");
        assertThat(exchange.added()).containsEntry(HeaderName.of("X-User-Id"), "u2");
    }

    @Test
    void a_credential_that_is_not_good_is_refused_whatever_else_would_do() {
        Fixed next = saying(known("u2", "b"));
        AuthPolicy policy = policy(false, true, saying(BAD), next);

        assertThat(kind(policy.onRequest(exchange))).isEqualTo(FailureKind.INVALID_TOKEN);
        assertThat(next.asked).isZero();
        assertThat(challenges(policy, 401)).containsExactly("Method0");
    }

    @Test
    void without_a_credential_the_client_is_told_every_way_once() {
        Fixed silent = new Fixed(Authentication.ABSENT, null);
        AuthPolicy policy = any(saying(Authentication.ABSENT), silent, saying(Authentication.ABSENT));

        Decision decision = policy.onRequest(exchange);

        assertThat(decision).isInstanceOfSatisfying(Decision.Reject.class, refused -> {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
            assertThat(refused.failure().message()).isEqualTo("Missing authentication");
        });
        assertThat(challenges(policy, 401)).containsExactly("Method0");
    }

    @Test
    void none_lets_nobody_in_particular_pass_but_not_a_bad_credential() {
        AuthPolicy policy = policy(false, true, saying(Authentication.ABSENT));
        assertThat(policy.onRequest(exchange)).isEqualTo(Decision.CONTINUE);
        assertThat(exchange.get(Identity.OF_EXCHANGE)).isNull();
        assertThat(exchange.rules()).last().isEqualTo("auth.none ");

        FakeExchange other = new FakeExchange();
        assertThat(kind(policy(false, true, saying(new Authentication.Foreign(BAD)))
                        .onRequest(other)))
                .isEqualTo(FailureKind.INVALID_TOKEN);
    }

    @Test
    void a_foreign_credential_is_shown_to_the_next_and_refused_by_the_first_when_nobody_knows_it() {
        Fixed foreign = saying(new Authentication.Foreign(BAD));
        assertThat(any(foreign, saying(known("u2", "b"))).onRequest(new FakeExchange()))
                .isEqualTo(Decision.CONTINUE);

        AuthPolicy policy = any(foreign, new Fixed(Authentication.ABSENT, "Other"));
        assertThat(kind(policy.onRequest(exchange))).isEqualTo(FailureKind.INVALID_TOKEN);
        assertThat(exchange.rules()).last().isEqualTo("auth.m0 gateway.yaml:1");
        assertThat(challenges(policy, 401)).containsExactly("Method0");
    }

    @Test
    void all_of_them_are_met_together() {
        AuthPolicy policy = policy(true, false, saying(known("u1", "a")), saying(known("u2", "b")));

        assertThat(policy.onRequest(exchange)).isEqualTo(Decision.CONTINUE);

        Identity both = exchange.get(Identity.OF_EXCHANGE);
        assertThat(both).isNotNull();
        assertThat(both.subject()).isEqualTo("u1");
        assertThat(both.roles()).containsExactly("a", "b");
        assertThat(both.method()).isEqualTo("test+test");
    }

    @Test
    void all_of_them_are_not_met_by_some() {
        for (Authentication second : List.of(Authentication.ABSENT, BAD, new Authentication.Foreign(BAD))) {
            FakeExchange one = new FakeExchange();
            AuthPolicy policy = policy(true, false, saying(known("u1", "a")), saying(second));
            assertThat(policy.onRequest(one)).isInstanceOf(Decision.Reject.class);
            assertThat(one.get(Identity.OF_EXCHANGE)).isNull();
            assertThat(one.added()).isEmpty();
        }
    }

    @Test
    void credentials_nobody_needs_any_more_end_here_but_not_what_stands_in_place_of_the_one_that_counts() {
        Fixed before = saying(Authentication.ABSENT).inCookie("a");
        Fixed one = saying(known("u1", "b")).inCookie("b");
        Fixed same = saying(known("u2", "c")).inCookie("b");
        Fixed after = saying(known("u3", "d")).inCookie("d");

        any(before, one, same, after).onRequest(exchange);

        assertThat(exchange.removed()).containsExactly("cookie a", "cookie d");
    }

    @Test
    void credentials_that_browsers_send_by_themselves_are_so_only_when_none_beside_them_is_not() {
        assertThat(policy(true, false, saying(known("u1", "a")).ambient(), saying(known("u1", "b")))
                        .onRequest(exchange))
                .isEqualTo(Decision.CONTINUE);
        assertThat(exchange.get(Identity.AMBIENT)).isNull();

        policy(true, false, saying(known("u1", "a")), saying(known("u1", "b")).ambient())
                .onRequest(exchange);
        assertThat(exchange.get(Identity.AMBIENT)).isNull();
    }

    @Test
    void several_that_browsers_send_by_themselves_are_so_together() {
        policy(
                        true,
                        false,
                        saying(known("u1", "a")).ambient(),
                        saying(known("u1", "b")).ambient())
                .onRequest(exchange);
        assertThat(exchange.get(Identity.AMBIENT)).isTrue();
    }

    @Test
    void where_a_foreign_credential_was_found_says_nothing_of_the_one_that_counts() {
        any(saying(new Authentication.Foreign(BAD)).ambient(), saying(known("u1", "a")))
                .onRequest(exchange);
        assertThat(exchange.get(Identity.AMBIENT)).isNull();
    }

    @Test
    void what_has_to_be_waited_for_decides_as_if_it_had_been_there() {
        CompletableFuture<Authentication> later = new CompletableFuture<>();
        Decision decision = policy(true, false, saying(new Authentication.Awaited(later)), saying(known("u2", "b")))
                .onRequest(exchange);
        later.complete(known("u1", "a"));
        assertThat(end(decision)).isEqualTo(Decision.CONTINUE);
        assertThat(subject()).isEqualTo("u1");

        FakeExchange absent = new FakeExchange();
        Decision next = any(saying(awaited(Authentication.ABSENT)), saying(awaited(known("u3", "c"))))
                .onRequest(absent);
        assertThat(end(next)).isEqualTo(Decision.CONTINUE);
        assertThat(absent.get(Identity.OF_EXCHANGE)).isNotNull();
    }

    @Test
    void a_stage_that_fails_lets_nobody_pass() {
        Decision decision = policy(
                        false,
                        true,
                        saying(new Authentication.Awaited(
                                CompletableFuture.failedFuture(new java.io.IOException("down")))))
                .onRequest(exchange);
        assertThat(((Decision.Await) decision).stage().toCompletableFuture()).isCompletedExceptionally();
        assertThat(exchange.get(Identity.OF_EXCHANGE)).isNull();
    }

    @Test
    void only_who_identified_the_client_sees_the_answer() {
        Fixed absent = saying(Authentication.ABSENT);
        Fixed known = saying(known("u2", "b"));
        AuthPolicy policy = any(absent, known);
        policy.onRequest(exchange);

        policy.onResponse(exchange, Response.of(200, Body.of("")));

        assertThat(absent.shown).isZero();
        assertThat(known.shown).isEqualTo(1);
    }

    @Test
    void a_401_of_a_later_rule_says_how_to_do_better_and_one_of_the_service_is_its_own() {
        AuthPolicy policy = policy(false, true, saying(Authentication.ABSENT));
        policy.onRequest(exchange);
        assertThat(challenges(policy, 401)).isEmpty();
        exchange.set(Identity.WANTED, true);
        assertThat(challenges(policy, 401)).containsExactly("Method0");
        assertThat(challenges(policy, 403)).isEmpty();
    }

    @Test
    void where_no_challenge_is_possible_the_authenticator_says_what_is_missing() {
        Authenticator certificate = new Authenticator() {
            @Override
            public Authentication authenticate(Exchange asked) {
                return Authentication.ABSENT;
            }

            @Override
            public Failure missing(Exchange asked) {
                return new Failure(FailureKind.CLIENT_CERTIFICATE_REQUIRED, "show one");
            }
        };
        assertThat(kind(any(certificate).onRequest(exchange))).isEqualTo(FailureKind.CLIENT_CERTIFICATE_REQUIRED);
        assertThat(kind(any(certificate, saying(Authentication.ABSENT)).onRequest(exchange)))
                .isEqualTo(FailureKind.UNAUTHENTICATED);
        assertThat(kind(policy(true, false, saying(known("u1", "a")), certificate)
                        .onRequest(exchange)))
                .isEqualTo(FailureKind.CLIENT_CERTIFICATE_REQUIRED);
    }

    @Test
    void somebody_taken_for_granted_needs_no_credential_where_that_kind_is_asked_for() {
        exchange.set(Identity.ASSUMED, new AssumedIdentity(Set.of("m1"), identity("m1", "u9", Set.of())));
        Fixed never = saying(BAD);
        assertThat(any(never, never).onRequest(exchange)).isEqualTo(Decision.CONTINUE);
        assertThat(subject()).isEqualTo("u9");
        assertThat(never.asked).isZero();

        FakeExchange other = new FakeExchange();
        other.set(Identity.ASSUMED, new AssumedIdentity(Set.of("m8"), identity("m8", "u9", Set.of())));
        assertThat(kind(any(never).onRequest(other))).isEqualTo(FailureKind.UNAUTHENTICATED);
    }

    private static Fixed saying(Authentication said) {
        return new Fixed(said, "Method0");
    }

    private static Authentication awaited(Authentication said) {
        return new Authentication.Awaited(CompletableFuture.completedFuture(said));
    }

    private static Authentication known(String subject, String role) {
        return new Authentication.Identified(identity("test", subject, Set.of(role)));
    }

    private static Identity identity(String method, String subject, Set<String> roles) {
        return new Identity(method, subject, null, null, roles, Set.of(), Map.of());
    }

    private static AuthPolicy any(Authenticator... authenticators) {
        return policy(false, false, authenticators);
    }

    private static AuthPolicy policy(boolean all, boolean orNobody, Authenticator... authenticators) {
        List<Method> methods = new ArrayList<>();
        for (Authenticator authenticator : authenticators) {
            int index = methods.size();
            methods.add(new Method("m" + index, "auth.m" + index, "gateway.yaml:" + (index + 1), authenticator));
        }
        return new AuthPolicy(
                methods, all, orNobody, IdentityHeaders.of(IdentityHeadersConfig.DEFAULT), new TestClock());
    }

    private static Decision end(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Await.class);
        return ((Decision.Await) decision).stage().toCompletableFuture().join();
    }

    private static FailureKind kind(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Reject.class);
        return ((Decision.Reject) decision).failure().kind();
    }

    private @Nullable String subject() {
        Identity identity = exchange.get(Identity.OF_EXCHANGE);
        return identity == null ? null : identity.subject();
    }

    private List<String> challenges(AuthPolicy policy, int status) {
        Response response = Response.of(status, Body.of(""));
        policy.onResponse(exchange, response);
        return response.headers(HeaderName.WWW_AUTHENTICATE).stream()
                .map(Object::toString)
                .toList();
    }
}
