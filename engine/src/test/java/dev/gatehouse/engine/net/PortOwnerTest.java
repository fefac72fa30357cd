package dev.gatehouse.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class PortOwnerTest {
    @Test
    void reads_addresses_as_the_kernel_lists_them() throws Exception {
        assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);

        assertThat(PortOwner.address("0100007F:1F90")).isEqualTo(InetAddress.getByName("127.0.0.1"));
        assertThat(PortOwner.address("00000000:1F90").isAnyLocalAddress()).isTrue();
        assertThat(PortOwner.address("00000000000000000000000001000000:1F90")).isEqualTo(InetAddress.getByName("::1"));
        assertThat(PortOwner.address("0000000000000000FFFF00000100007F:1F90"))
                .isEqualTo(InetAddress.getByName("127.0.0.1"));
    }
}
