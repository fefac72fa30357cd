package dev.gatehouse.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.BigBody;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP inside of TLS is what it is outside: bodies arrive intact, and how an answer ends cannot be taken for
/// something else.
@LeavesNothingBehind
class TlsStreamTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final String GET = "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n";
    private static final int TWENTY_MB = 20_000_000;

    @TempDir
    Path folder;

    @Test
    void a_download_arrives_intact_and_the_connection_lives_on() throws Exception {
        try (var service = FakeService.script(s -> s.awaitRequest().big(TWENTY_MB));
                var door = TlsDoor.open(folder, service, AUTHORITY);
                var client = RawClient.over(door.connect())) {
            for (int i = 0; i < 2; i++) {
                client.send(GET);
                assertThat(client.readThrough("\r\n\r\n")).contains("Content-Length: " + TWENTY_MB);
                byte[] body = client.readBytes(TWENTY_MB);
                assertThat(Arrays.equals(body, BigBody.first(TWENTY_MB))).isTrue();
            }
        }
    }

    @Test
    void an_upload_arrives_intact() throws Exception {
        try (var service = FakeService.handling(r -> Answer.of(200, r.bodyLength() + " octets"));
                var door = TlsDoor.open(folder, service, AUTHORITY);
                var client = RawClient.over(door.connect())) {
            client.send("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: " + TWENTY_MB + "\r\n\r\n");
            client.sendBig(TWENTY_MB);

            assertThat(client.readAnswer().text()).isEqualTo(TWENTY_MB + " octets");
        }
    }

    @Test
    void pipelined_requests_are_answered_in_their_order() throws Exception {
        try (var service = FakeService.handling(r -> Answer.of(200, r.target()));
                var door = TlsDoor.open(folder, service, AUTHORITY);
                var client = RawClient.over(door.connect())) {
            client.send(GET.replace("/ ", "/1 ") + GET.replace("/ ", "/2 ") + GET.replace("/ ", "/3 "));

            for (int i = 1; i <= 3; i++) {
                assertThat(client.readAnswer().text()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void the_end_of_the_last_answer_is_said() throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = TlsDoor.open(folder, service, AUTHORITY);
                SSLSocket client = door.connect()) {
            client.getOutputStream()
                    .write(GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            // The JDK throws when a connection ends without close_notify.
            assertThat(text(client)).endsWith("hello");
        }
    }

    @Test
    void an_answer_to_a_client_that_still_sends_arrives_whole() throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = TlsDoor.open(folder, service, AUTHORITY);
                SSLSocket client = door.connect()) {
            client.getOutputStream()
                    .write(("POST /%zz HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 10000000\r\n\r\n"
                                    + "x".repeat(500_000))
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(text(client)).startsWith("HTTP/1.1 400").endsWith("}\n");
        }
    }

    @Test
    void a_part_of_an_answer_does_not_look_whole() throws Exception {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
                        .reset());
                var door = TlsDoor.open(folder, service, AUTHORITY);
                SSLSocket client = door.connect()) {
            // HTTP/1.0 knows the end of a body by the end of the connection.
            client.getOutputStream()
                    .write("GET / HTTP/1.0\r\nHost: shop.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> text(client)).isInstanceOfAny(SSLException.class, IOException.class);
        }
    }

    @Test
    void who_says_that_it_is_gone_frees_what_it_asked_for() throws Exception {
        try (var service = FakeService.script(s -> s.awaitRequest().silence());
                var door = TlsDoor.open(folder, service, AUTHORITY);
                SSLSocket client = door.connect()) {
            client.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
            service.awaitRequest();
            client.shutdownOutput();

            await().atMost(TlsDoor.PATIENCE).until(() -> service.openConnections() == 0);
        }
    }

    private static String text(SSLSocket client) throws IOException {
        InputStream in = client.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
