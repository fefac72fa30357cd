package dev.gatehouse.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.FakeExchange;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerKeyTest {
    private static final Consumer ACME = new Consumer("acme", null, Set.of(), Set.of());

    @Test
    void a_key_is_called_as_people_call_it_and_never_by_itself() {
        assertThat(key(Identity.of("partner", ACME, "k_7Qd3"), "api_key")).isEqualTo("api_key=k_7Qd3");
    }

    @Test
    void a_token_is_no_key_a_new_one_is_no_new_bucket() {
        Identity user = new Identity("jwt", "u1", null, "jti-1", Set.of(), Set.of(), Map.of());
        assertThat(key(user, "api_key")).isEqualTo("user=u1");
        assertThat(key(user.as(ACME), "api_key")).isEqualTo("consumer=acme");
    }

    @Test
    void what_a_request_does_not_have_is_stood_in_for_by_its_address() {
        assertThat(key(null, "consumer")).isEqualTo("instead_client_ip=192.0.2.1");
        assertThat(key(null, "header.x-tenant", "route"))
                .isEqualTo("route=GET /menus/{id},instead_client_ip=192.0.2.1");
        assertThat(key(null, "client_ip")).isEqualTo("client_ip=192.0.2.1");
    }

    @Test
    void values_that_clients_choose_cannot_look_like_two_nor_grow_without_end() {
        Identity odd = new Identity("jwt", "a,route=b", null, null, Set.of(), Set.of(), Map.of("org", "x".repeat(999)));
        assertThat(key(odd, "user")).startsWith("user=#").hasSize("user=#".length() + 22);
        assertThat(key(odd, "jwt.org")).startsWith("jwt.org=#").hasSize("jwt.org=#".length() + 22);
        assertThat(CallerKey.of(List.of("header.X-Tenant", "{id}"))
                        .of(
                                "p/",
                                FakeExchange.get().header("X-Tenant", "secret").parameter("id", "r42")))
                .startsWith("p/header.X-Tenant=#")
                .endsWith(",{id}=r42")
                .doesNotContain("secret");
    }

    @Test
    void an_ipv6_client_is_its_first_64_bits() {
        assertThat(from("2001:db8:0:7:1:2:3:4")).isEqualTo("client_ip=2001:db8:0:7::/64");
        assertThat(from("2001:db8:0:7:ffff::")).isEqualTo("client_ip=2001:db8:0:7::/64");
        assertThat(from("203.0.113.7")).isEqualTo("client_ip=203.0.113.7");
    }

    @Test
    void only_what_asks_who_calls_waits_for_authentication() {
        assertThat(List.of("client_ip", "route", "header.x", "cookie.x", "query.x", "{id}"))
                .noneMatch(part -> CallerKey.of(part).needsIdentity());
        assertThat(List.of("api_key", "consumer", "user", "jwt.sub"))
                .allMatch(part -> CallerKey.of(part).needsIdentity());
    }

    @Test
    void a_word_that_tells_nobody_apart_is_refused() {
        for (String word : List.of("ip", "header.", "{}", "body.x", ".x", "")) {
            assertThatThrownBy(() -> CallerKey.of(word)).as(word).hasMessageContaining("tells no callers apart");
        }
    }

    private static String from(String address) {
        return CallerKey.CLIENT.of("", FakeExchange.get().from(InetAddress.ofLiteral(address)));
    }

    private static String key(Identity identity, String... parts) {
        FakeExchange exchange = FakeExchange.get();
        exchange.set(Identity.OF_EXCHANGE, identity);
        return CallerKey.of(List.of(parts)).of("", exchange);
    }
}
