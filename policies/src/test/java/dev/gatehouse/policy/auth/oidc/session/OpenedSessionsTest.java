package dev.gatehouse.policy.auth.oidc.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.Tokens;
import dev.gatehouse.policy.auth.cookie.OwnCookie;
import dev.gatehouse.policy.auth.cookie.Seal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenedSessionsTest {
    private static final Object OPENER = new Object();
    private static final OwnCookie COOKIE = new OwnCookie("gatehouse-backoffice");

    private final TestContext context = new TestContext();

    @Test
    void a_cookie_is_opened_once_and_by_nobody_with_other_secrets() {
        CookiePlace place = place("a secret of thirty-two octets !!");
        String shown = place.keep(new FakeExchange().https(), session(), Duration.ofHours(1))
                .toCompletableFuture()
                .resultNow()
                .getFirst();

        KnownSession first = find(place, shown);
        assertThat(first).isNotNull();
        assertThat(find(place, shown)).isSameAs(first);

        CookiePlace other = place("another secret, after a reload !");
        assertThat(find(other, shown)).as("the same memory, another secret").isNull();
    }

    @Test
    void a_cookie_that_differs_in_an_octet_is_not_one_that_is_known() {
        CookiePlace place = place("a secret of thirty-two octets !!");
        String shown = place.keep(new FakeExchange().https(), session(), Duration.ofHours(1))
                .toCompletableFuture()
                .resultNow()
                .getFirst();
        assertThat(find(place, shown)).isNotNull();
        int at = shown.indexOf(';') - 10;
        char changed = shown.charAt(at) == 'A' ? 'B' : 'A';
        assertThat(find(place, shown.substring(0, at) + changed + shown.substring(at + 1)))
                .isNull();
    }

    @Test
    void what_one_id_sealed_is_nobody_elses_though_it_is_known_and_stands_under_his_key() {
        StorePlace place = new StorePlace("backoffice", COOKIE, context.store(null), memory(1 << 20));
        Session victim = session();
        var _ = place.keep(new FakeExchange().https(), victim, Duration.ofHours(1));
        assertThat(find(place, "gatehouse-backoffice=" + victim.id() + ";")).isNotNull();
        byte[] sealed = context.store()
                .get("oidc/backoffice/session/" + Secrets.hash(victim.id()))
                .toCompletableFuture()
                .resultNow();

        String own = Secrets.fresh();
        var _ = context.store().put("oidc/backoffice/session/" + Secrets.hash(own), sealed, Duration.ofHours(1));

        assertThat(find(place, "gatehouse-backoffice=" + own + ";")).isNull();
    }

    @Test
    void memory_stays_within_its_bound() {
        OpenedSessions memory = new OpenedSessions(1 << 20);
        Session session = session();
        for (int i = 0; i < 10_000; i++) {
            memory.remember("hash-" + i, OPENER, new byte[2000], session);
        }
        assertThat(memory.weight()).isBetween(1L << 19, 1L << 20);
    }

    @Test
    void without_memory_each_is_opened_every_time() {
        OpenedSessions memory = new OpenedSessions(0);
        memory.remember("hash", OPENER, new byte[2000], session());
        assertThat(memory.weight()).isZero();
        assertThat(memory.find("hash", OPENER)).isNull();
    }

    @Test
    void who_only_asks_remembers_nothing_and_changes_nothing_that_is_remembered() {
        OpenedSessions memory = new OpenedSessions(1 << 20);
        KnownSession known = memory.remember("hash", OPENER, new byte[2000], session());
        KnownSession peeked = memory.peek().find("hash", OPENER);
        assertThat(peeked).isNotNull().isNotSameAs(known);
        memory.peek().remember("other", OPENER, new byte[2000], session());
        assertThat(memory.find("other", OPENER)).isNull();
        memory.peek().ending();
        assertThat(memory.endings()).isZero();
    }

    private CookiePlace place(String secret) {
        Seal seal = Seal.of("oidc session backoffice", List.of(secret.getBytes(StandardCharsets.UTF_8)));
        return new CookiePlace(COOKIE, seal, memory(1 << 20));
    }

    private dev.gatehouse.api.state.StateRef<OpenedSessions> memory(long octets) {
        return context.state("sessions", () -> new OpenedSessions(octets));
    }

    /// @param shown `name=value; …`
    private static @Nullable KnownSession find(SessionPlace place, String shown) {
        String pair = shown.substring(0, shown.indexOf(';'));
        String sent = pair.startsWith("__Host-") ? pair : "__Host-" + pair;
        return place.find(new FakeExchange().https().header("Cookie", sent))
                .toCompletableFuture()
                .resultNow();
    }

    private static Session session() {
        String idToken = Tokens.signed(Tokens.EC, "ES256", Tokens.claims());
        return new Session(
                Secrets.fresh(), TestClock.START, TestClock.START, idToken, "refresh-0", null, null, Map.of());
    }
}
