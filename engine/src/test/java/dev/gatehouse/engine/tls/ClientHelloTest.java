package dev.gatehouse.engine.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.tls.ClientHelloReader.Reason;
import dev.gatehouse.engine.tls.ClientHelloReader.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class ClientHelloTest {
    private static final int MOST = 16 << 10;

    /// What the JDK's client says first.
    private static byte[] hello(String host, String... protocols) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            parameters.setApplicationProtocols(protocols);
            engine.setSSLParameters(parameters);
            ByteBuffer out = ByteBuffer.allocate(32 << 10);
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (SSLException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Result read(byte... octets) {
        return new ClientHelloReader(MOST).read(Unpooled.wrappedBuffer(octets));
    }

    @Test
    void reads_what_a_client_says_of_itself() {
        assertThat(read(hello("Shop.Example", "h2", "http/1.1"))).isInstanceOfSatisfying(Result.Complete.class, it -> {
            assertThat(it.hello().serverName()).isEqualTo("shop.example");
            assertThat(it.hello().protocols()).containsExactly("h2", "http/1.1");
            assertThat(it.hello().versions()).contains(0x0304, 0x0303);
            assertThat(it.hello().signatures()).contains(0x0403, 0x0804);
            assertThat(it.hello().canVerifyEcdsa(256, true)).isTrue();
            assertThat(it.hello().canVerifyRsa(false)).isTrue();
        });
    }

    @Test
    void takes_nothing_away_from_what_it_reads() {
        ByteBuf in = Unpooled.wrappedBuffer(hello("shop.example"));
        int before = in.readableBytes();

        new ClientHelloReader(MOST).read(in);

        assertThat(in.readableBytes()).isEqualTo(before);
    }

    @Test
    void waits_for_the_last_octet() {
        byte[] hello = hello("shop.example");
        ClientHelloReader reader = new ClientHelloReader(MOST);
        for (int length = 0; length < hello.length; length++) {
            assertThat(reader.read(Unpooled.wrappedBuffer(hello, 0, length))).isInstanceOf(Result.Incomplete.class);
        }
        assertThat(reader.read(Unpooled.wrappedBuffer(hello))).isInstanceOf(Result.Complete.class);
    }

    @Test
    void says_why_something_is_no_first_message() {
        assertThat(read("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Result.Broken(Reason.NO_TLS));
        assertThat(read((byte) 22, (byte) 3, (byte) 1, (byte) 0, (byte) 4, (byte) 2, (byte) 0, (byte) 0, (byte) 0))
                .isEqualTo(new Result.Broken(Reason.MALFORMED));
        assertThat(read((byte) 22, (byte) 3, (byte) 1, (byte) 0x40, (byte) 1))
                .isEqualTo(new Result.Broken(Reason.MALFORMED));
        assertThat(new ClientHelloReader(1024)
                        .read(Unpooled.wrappedBuffer(new byte[] {22, 3, 1, 0, 4, 1, 0, 8, 0})))
                .isEqualTo(new Result.Broken(Reason.TOO_LARGE));
    }

    @Test
    void an_address_is_no_host() {
        assertThat(new ClientHelloReader(MOST).read(Unpooled.wrappedBuffer(renamed("a.example", "10.0.0.12"))))
                .isInstanceOfSatisfying(
                        Result.Complete.class, it -> assertThat(it.hello().serverName()).isNull());
    }

    private static byte[] renamed(String host, String other) {
        String text = new String(hello(host), StandardCharsets.ISO_8859_1);
        return text.replace(host, other).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void no_octets_whatever_make_it_fail() {
        byte[] hello = hello("shop.example", "h2");
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = hello.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThat(read(Arrays.copyOf(changed, 5 + random.nextInt(changed.length - 5)))).isNotNull();
        }
    }
}
