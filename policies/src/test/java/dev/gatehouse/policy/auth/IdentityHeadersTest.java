package dev.gatehouse.policy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.FakeExchange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityHeadersTest {
    @Test
    void services_are_told_user_roles_and_consumer() {
        Consumer acme = new Consumer("acme", null, Set.of(), Set.of());
        Identity identity = new Identity(
                "jwt", "12345", acme, null, new LinkedHashSet<>(List.of("customer", "vip")), Set.of(), Map.of());
        assertThat(set(IdentityHeadersConfig.DEFAULT, identity))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        HeaderName.of("X-User-Id"), "12345",
                        HeaderName.of("X-User-Roles"), "customer,vip",
                        HeaderName.of("X-Consumer"), "acme"));
    }

    @Test
    void what_is_not_known_is_not_said() {
        Identity identity = new Identity("key", null, null, null, Set.of(), Set.of(), Map.of());
        assertThat(set(IdentityHeadersConfig.DEFAULT, identity)).isEmpty();
    }

    @Test
    void claims_go_into_fields_of_their_own() {
        Identity identity = new Identity(
                "jwt",
                "u1",
                null,
                null,
                Set.of(),
                Set.of(),
                Map.of("tenant", Map.of("id", 7L), "groups", List.of("a", "b,c"), "ok", true));
        IdentityHeadersConfig config = new IdentityHeadersConfig(
                "none",
                "none",
                "none",
                Map.of(
                        "X-Tenant",
                        "tenant.id",
                        "X-Groups",
                        "groups",
                        "X-Whole",
                        "tenant",
                        "X-None",
                        "none",
                        "X-Ok",
                        "ok"));
        assertThat(set(config, identity))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        HeaderName.of("X-Tenant"), "7",
                        HeaderName.of("X-Groups"), "a,b%2Cc",
                        HeaderName.of("X-Ok"), "true"));
    }

    @Test
    void no_name_can_begin_another_field_or_pass_for_two_roles() {
        Identity identity =
                new Identity("jwt", "a\r\nX-Admin: 1", null, null, Set.of("user,admin"), Set.of(), Map.of());
        assertThat(set(IdentityHeadersConfig.DEFAULT, identity))
                .containsEntry(HeaderName.of("X-User-Id"), "a%0D%0AX-Admin: 1")
                .containsEntry(HeaderName.of("X-User-Roles"), "user%2Cadmin");
    }

    @Test
    void letters_that_no_field_carries_are_written_as_octets() {
        assertThat(FieldText.of("plain text-1")).isEqualTo("plain text-1");
        assertThat(FieldText.of("Jürgen 50%")).isEqualTo("J%C3%BCrgen 50%25");
        assertThat(FieldText.of("\u0000\u007f😀")).isEqualTo("%00%7F%F0%9F%98%80");
    }

    @Test
    void fields_that_cannot_be_set_or_carry_two_things_are_refused() {
        assertThatThrownBy(() -> new IdentityHeadersConfig("Host", "none", "none", Map.of()))
                .hasMessageStartingWith("user: Host");
        assertThatThrownBy(() -> new IdentityHeadersConfig("X-User", "x-user", "none", Map.of()))
                .hasMessage("roles: 'x-user' carries something else already");
        assertThatThrownBy(() -> new IdentityHeadersConfig("X-User", "none", "none", Map.of("X-USER", "sub")))
                .hasMessageStartingWith("claims: ");
        assertThatThrownBy(() -> new IdentityHeadersConfig("none", "none", "none", Map.of("none", "sub")))
                .hasMessageStartingWith("claims: ");
    }

    private static Map<HeaderName, String> set(IdentityHeadersConfig config, Identity identity) {
        FakeExchange exchange = new FakeExchange();
        IdentityHeaders.of(config).set(exchange, identity);
        return exchange.added();
    }
}
