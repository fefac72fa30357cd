package dev.gatehouse.policy.iprules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.policy.FakeContext;
import dev.gatehouse.policy.FakeExchange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IpRulesPolicyTest {
    private static final List<String> NOBODY = List.of();

    @Test
    void a_client_in_a_denied_range_is_refused() {
        FakeExchange exchange = from("10.0.0.7");

        assertThat(decide(exchange, NOBODY, List.of("192.168.0.0/16", "10.0.0.0/8")))
                .isInstanceOfSatisfying(Decision.Reject.class, refused -> {
                    assertThat(refused.failure().kind()).isEqualTo(FailureKind.FORBIDDEN);
                    assertThat(refused.failure().message())
                            .isEqualTo("Requests from your address are not allowed here.");
                    assertThat(refused.failure().details()).isEmpty();
                });
        assertThat(exchange.notes()).containsExactly("client 10.0.0.7 in deny 10.0.0.0/8");
    }

    @Test
    void where_nothing_is_allowed_by_name_everybody_else_may_come_in() {
        FakeExchange exchange = from("192.0.2.1");

        assertThat(decide(exchange, NOBODY, List.of("10.0.0.0/8"))).isEqualTo(Decision.CONTINUE);
        assertThat(exchange.notes()).containsExactly("client 192.0.2.1 not in deny");
    }

    @Test
    void where_something_is_allowed_everybody_else_is_refused() {
        FakeExchange inside = from("10.1.2.3");
        assertThat(decide(inside, List.of("10.0.0.0/8"), NOBODY)).isEqualTo(Decision.CONTINUE);
        assertThat(inside.notes()).containsExactly("client 10.1.2.3 in allow 10.0.0.0/8");

        FakeExchange outside = from("2001:db8::1");
        assertThat(decide(outside, List.of("10.0.0.0/8"), NOBODY)).isInstanceOf(Decision.Reject.class);
        assertThat(outside.notes()).containsExactly("client 2001:db8:0:0:0:0:0:1 not in allow");
    }

    @Test
    void a_denied_range_wins_over_an_allowed_one() {
        List<String> allow = List.of("10.0.0.0/8");
        List<String> deny = List.of("10.9.0.0/16");

        assertThat(decide(from("10.9.0.1"), allow, deny)).isInstanceOf(Decision.Reject.class);
        assertThat(decide(from("10.8.0.1"), allow, deny)).isEqualTo(Decision.CONTINUE);
    }

    @Test
    void an_ipv4_client_that_came_by_ipv6_is_the_ipv4_client() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 7};
        InetAddress client = Inet6Address.getByAddress("as a socket may have it", mapped, 0);

        assertThat(decide(FakeExchange.get().from(client), NOBODY, List.of("10.0.0.0/8")))
                .isInstanceOf(Decision.Reject.class);
        assertThat(decide(from("10.0.0.7"), NOBODY, List.of("::ffff:10.0.0.0/104")))
                .isInstanceOf(Decision.Reject.class);
    }

    @Test
    void a_range_that_is_none_is_refused() {
        assertThatThrownBy(() -> AddressRange.of("10.0.0.0/33"))
                .hasMessage("'10.0.0.0/33': the prefix length is at most 32");
        assertThatThrownBy(() -> AddressRange.of("office.example.com")).hasMessageContaining("is not an address");
        assertThatThrownBy(() -> new IpRulesConfig(List.of(), List.of()))
                .hasMessage("a rule about addresses needs 'allow' or 'deny'");
    }

    private static FakeExchange from(String address) {
        return FakeExchange.get().from(InetAddress.ofLiteral(address));
    }

    private static Decision decide(FakeExchange exchange, List<String> allow, List<String> deny) {
        IpRulesConfig config = new IpRulesConfig(
                allow.stream().map(AddressRange::of).toList(),
                deny.stream().map(AddressRange::of).toList());
        Staged staged = new IpRulesPolicyFactory()
                .create(config, new FakeContext("ip_rules", Set.of()))
                .getFirst();
        assertThat(staged.stage()).isEqualTo(Stage.IP_RULES);
        return staged.policy().onRequest(exchange);
    }
}
