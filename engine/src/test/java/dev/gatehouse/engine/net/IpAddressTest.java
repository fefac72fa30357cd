package dev.gatehouse.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "10.0.0.1:8080, 10.0.0.1",
        "2001:db8::1, 2001:db8::1",
        "[2001:db8::1], 2001:db8::1",
        "[2001:db8::1]:443, 2001:db8::1",
        "::ffff:10.0.0.1, 10.0.0.1",
    })
    void entries_of_a_forwarding_chain_are_understood(String entry, String address) {
        InetAddress found = IpAddress.parseWithPort(entry);
        assertThat(found).isNotNull();
        assertThat(IpAddress.text(found)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "_hidden", "10.0.0", "10.0.0.256", "localhost", "[::1", "fe80::1%eth0", "1", "::x"
            })
    void anything_else_is_nobody_and_never_looked_up(String entry) {
        assertThat(IpAddress.parseWithPort(entry)).isNull();
    }

    @Test
    void the_text_of_an_address_has_no_zone_and_the_short_form() {
        InetAddress address = IpAddress.parse("2001:0db8:0:0:0:0:0:1");
        assertThat(address).isNotNull();
        assertThat(IpAddress.text(address)).isEqualTo("2001:db8::1");
    }
}
