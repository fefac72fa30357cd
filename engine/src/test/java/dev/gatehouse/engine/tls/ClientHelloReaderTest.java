package dev.gatehouse.engine.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.tls.ClientHelloReader.Reason;
import dev.gatehouse.engine.tls.ClientHelloReader.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The host a client names is found in what it sends first (RFC 8446 §4.1.2, RFC 6066 §3), and nothing is consumed.
class ClientHelloReaderTest {
    private static final int LIMIT = 16 << 10;
    private static final Result INCOMPLETE = new Result.Incomplete();

    @Test
    void finds_the_name_in_lower_case_and_leaves_the_octets() {
        ByteBuf in = Unpooled.wrappedBuffer(HelloOctets.naming("Db.Example.COM").record(), new byte[] {22, 3, 3});
        int before = in.readableBytes();
        ClientHelloReader reader = new ClientHelloReader(LIMIT);

        assertThat(name(reader.read(in))).isEqualTo("db.example.com");
        assertThat(in.readableBytes()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 64, 16384})
    void finds_it_octet_by_octet_whatever_the_records_are(int each) {
        byte[] octets = HelloOctets.naming("db.example.com").records(each);
        ClientHelloReader reader = new ClientHelloReader(LIMIT);
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < octets.length - 1; i++) {
            in.writeByte(octets[i]);
            assertThat(reader.read(in)).as("after %d octets", i + 1).isEqualTo(INCOMPLETE);
        }
        in.writeByte(octets[octets.length - 1]);

        assertThat(name(reader.read(in))).isEqualTo("db.example.com");
    }

    @Test
    void finds_what_the_client_of_the_jdk_names() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("id.shop.example")));
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        engine.setSSLParameters(parameters);
        var out = java.nio.ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(java.nio.ByteBuffer.allocate(0), out);
        ClientHelloReader reader = new ClientHelloReader(LIMIT);

        assertThat(name(reader.read(Unpooled.wrappedBuffer(out.flip())))).isEqualTo("id.shop.example");
    }

    @Test
    void a_hello_without_a_name_or_without_extensions_names_nobody() {
        for (byte[] octets : List.of(
                new HelloOctets().padding(7).record(),
                new HelloOctets().record(),
                new HelloOctets().withoutExtensions().record(),
                HelloOctets.naming("a b").record(),
                HelloOctets.naming("10.0.0.1").record(),
                HelloOctets.naming("").record())) {
            assertThat(name(look(octets))).isEqualTo("nobody");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "\u0000\u0000\u0000\u0008\u0004\u00d2\u0016\u002f", "SSH-2.0-x"})
    void other_protocols_are_not_tls(String first) {
        assertThat(look(first.getBytes(US_ASCII))).isEqualTo(new Result.Broken(Reason.NO_TLS));
        assertThat(look(Arrays.copyOf(first.getBytes(US_ASCII), 1))).isEqualTo(new Result.Broken(Reason.NO_TLS));
    }

    @Test
    void an_old_hello_of_sslv2_and_an_alert_are_not_tls() {
        assertThat(look(new byte[] {(byte) 0x80, 46, 1, 3, 1})).isEqualTo(new Result.Broken(Reason.NO_TLS));
        assertThat(look(new byte[] {21, 3, 3, 0, 2, 2, 40})).isEqualTo(new Result.Broken(Reason.NO_TLS));
        assertThat(look(new byte[] {22, 2})).isEqualTo(new Result.Broken(Reason.NO_TLS));
    }

    @Test
    void lengths_that_do_not_fit_and_names_that_are_none_are_broken() {
        List<byte[]> broken = new ArrayList<>(List.of(
                HelloOctets.naming("a.example").name("b.example").record(),
                HelloOctets.naming("a.example").trailing(1).record(),
                HelloOctets.naming("a.example").ciphers(3).record(),
                new HelloOctets().extension(0, Unpooled.EMPTY_BUFFER).record(),
                new HelloOctets()
                        .extension(0, Unpooled.wrappedBuffer(new byte[] {0, 0}))
                        .record(),
                new HelloOctets()
                        .extension(0, Unpooled.wrappedBuffer(new byte[] {0, 9, 0, 0, 1, 'a'}))
                        .record(),
                new byte[] {22, 3, 1, 0, 0},
                new byte[] {22, 3, 1, 0, 1, 2}));
        byte[] twoRecords = HelloOctets.naming("a.example").records(20);
        twoRecords[25] = 23;
        broken.add(twoRecords);

        assertThat(broken)
                .allSatisfy(octets -> assertThat(look(octets)).isEqualTo(new Result.Broken(Reason.MALFORMED)));
    }

    @Test
    void nothing_larger_than_the_limit_is_waited_for() {
        byte[] large = HelloOctets.naming("a.example").padding(17_000).record();
        assertThat(look(Arrays.copyOf(large, 5))).isEqualTo(new Result.Broken(Reason.TOO_LARGE));
        byte[] announced = HelloOctets.naming("a.example").padding(17_000).records(1000);
        assertThat(look(Arrays.copyOf(announced, 1005))).isEqualTo(new Result.Broken(Reason.TOO_LARGE));
        // Records of one octet cost their headers too.
        assertThat(look(HelloOctets.naming("a.example").padding(3000).records(1)))
                .isEqualTo(new Result.Broken(Reason.TOO_LARGE));
        assertThat(look(HelloOctets.naming("a.example").padding(16_000).record()))
                .isInstanceOf(Result.Complete.class);
    }

    /// Whatever comes, in whatever pieces: an answer, the same for each way of cutting, and no exception.
    @Test
    void changed_hellos_never_confuse_it() {
        Random random = new Random(20261122);
        int complete = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = HelloOctets.naming("db" + round % 10 + ".example.com")
                    .padding(random.nextInt(40))
                    .records(1 + random.nextInt(200));
            for (int change = random.nextInt(4); change > 0; change--) {
                octets[random.nextInt(octets.length)] =
                        random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (random.nextInt(3) - 1);
            }
            byte[] cut = Arrays.copyOf(octets, octets.length - (random.nextInt(3) == 0 ? random.nextInt(20) : 0));
            Result whole = look(cut);
            assertThat(inPieces(cut, random)).as("round %d", round).isEqualTo(whole);
            complete += whole instanceof Result.Complete ? 1 : 0;
        }
        assertThat(complete).isBetween(5_000, 19_000);
    }

    private static Result inPieces(byte[] octets, Random random) {
        ClientHelloReader reader = new ClientHelloReader(LIMIT);
        ByteBuf in = Unpooled.buffer();
        Result progress = INCOMPLETE;
        for (int at = 0; at < octets.length && progress.equals(INCOMPLETE); ) {
            int count = Math.min(1 + random.nextInt(50), octets.length - at);
            in.writeBytes(octets, at, count);
            at += count;
            progress = reader.read(in);
        }
        return progress;
    }

    private static String name(Result result) {
        String name = ((Result.Complete) result).hello().serverName();
        return name == null ? "nobody" : name;
    }

    private static Result look(byte[] octets) {
        return new ClientHelloReader(LIMIT).read(Unpooled.wrappedBuffer(octets));
    }
}
