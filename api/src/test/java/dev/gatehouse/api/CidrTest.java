package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CidrTest {
    @Test
    void a_range_holds_what_shares_its_prefix_and_nothing_else() {
        Cidr ten = Cidr.of("10.0.0.0/8");
        assertThat(ten.contains(ip("10.255.0.1"))).isTrue();
        assertThat(ten.contains(ip("11.0.0.1"))).isFalse();
        Cidr odd = Cidr.of("192.168.4.0/22");
        assertThat(odd.contains(ip("192.168.7.255"))).isTrue();
        assertThat(odd.contains(ip("192.168.8.0"))).isFalse();
        assertThat(Cidr.of("0.0.0.0/0").contains(ip("203.0.113.9"))).isTrue();
    }

    @Test
    void an_address_alone_is_a_range_of_one() {
        assertThat(Cidr.of("127.0.0.1").contains(ip("127.0.0.1"))).isTrue();
        assertThat(Cidr.of("127.0.0.1").contains(ip("127.0.0.2"))).isFalse();
    }

    @Test
    void the_two_families_never_meet() {
        assertThat(Cidr.of("::/0").contains(ip("10.0.0.1"))).isFalse();
        assertThat(Cidr.of("2001:db8::/32").contains(ip("2001:db8:1::1"))).isTrue();
        assertThat(Cidr.of("2001:db8::/32").contains(ip("2001:db9::1"))).isFalse();
    }

    @Test
    void an_ipv4_address_in_ipv6_is_the_ipv4_address() throws UnknownHostException {
        assertThat(Cidr.of("::ffff:10.0.0.0/104").contains(ip("10.255.0.1"))).isTrue();
        assertThat(Cidr.of("::ffff:10.0.0.7")).isEqualTo(Cidr.of("10.0.0.7"));

        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 7};
        InetAddress kept = Inet6Address.getByAddress("a socket may leave it so", mapped, 1);
        assertThat(kept.getAddress()).hasSize(16);
        assertThat(Cidr.of("10.0.0.0/8").contains(kept)).isTrue();
        assertThat(Cidr.of("11.0.0.0/8").contains(kept)).isFalse();
    }

    @Test
    void of_several_ranges_the_first_that_holds_an_address_is_told() {
        List<Cidr> ranges = List.of(Cidr.of("192.168.0.0/16"), Cidr.of("10.0.0.0/8"), Cidr.of("10.1.0.0/16"));
        assertThat(Cidr.first(ranges, ip("10.1.2.3"))).hasToString("10.0.0.0/8");
        assertThat(Cidr.first(ranges, ip("172.16.0.1"))).isNull();
    }

    @Test
    void nonsense_is_refused_with_what_was_found() {
        for (String wrong : List.of(
                "",
                "10.0.0.0/33",
                "10.0.0.0/x",
                "10.0.0.0/",
                "example.com",
                "10.0.0/8",
                "::1/129",
                "010.0.0.1",
                "[::1]",
                "fe80::1%eth0",
                "::ffff:10.0.0.0/95",
                "10.0.0.0/-1",
                "::1::")) {
            assertThatThrownBy(() -> Cidr.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + wrong + "'");
        }
    }

    @Test
    void a_range_covers_itself_and_what_is_narrower() {
        assertThat(Cidr.of("10.0.0.0/8").covers(Cidr.of("10.1.0.0/16"))).isTrue();
        assertThat(Cidr.of("10.0.0.0/8").covers(Cidr.of("10.0.0.0/8"))).isTrue();
        assertThat(Cidr.of("10.1.0.0/16").covers(Cidr.of("10.0.0.0/8"))).isFalse();
        assertThat(Cidr.of("0.0.0.0/0").covers(Cidr.of("::/0"))).isFalse();
        assertThat(Cidr.of("10.1.2.3/8").network()).isEqualTo(ip("10.1.2.3"));
    }

    @Test
    void nobody_is_in_no_range() {
        assertThat(Cidr.anyContains(List.of(), ip("10.0.0.1"))).isFalse();
        assertThat(Cidr.anyContains(List.of(Cidr.of("10.0.0.0/8")), null)).isFalse();
    }

    private static InetAddress ip(String text) {
        return InetAddress.ofLiteral(text);
    }
}
