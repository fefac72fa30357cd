package dev.gatehouse.it.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.config.AccessLogConfig;
import dev.gatehouse.engine.config.AccessLogTargetConfig;
import dev.gatehouse.engine.telemetry.accesslog.AccessLog;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Access logs sent to a syslog server. The servers are scripted: a socket that reads what RFC 5424, RFC 5426 and RFC
/// 6587
/// say a server reads; no syslog daemon is run.
@LeavesNothingBehind
class SyslogTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String MESSAGE =
            "<134>1 [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z [!-~]{1,255} shop [0-9]+ access - ";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void rfc5426_each_line_is_one_datagram() throws IOException {
        try (var server = new DatagramSocket(0, LOOPBACK);
                var gateway = gateway();
                var log = log(gateway, "udp://127.0.0.1:" + server.getLocalPort())) {
            server.setSoTimeout((int) PATIENCE.toMillis());
            ask(gateway, "/a");
            ask(gateway, "/b");
            assertThat(datagram(server)).matches(MESSAGE + "200 /a");
            assertThat(datagram(server)).matches(MESSAGE + "200 /b");
            assertThat(log.failures()).isZero();
        }
    }

    @Test
    void rfc6587_each_line_has_its_length_before_it() throws IOException {
        try (var server = new ServerSocket(0, 1, LOOPBACK);
                var gateway = gateway();
                var log = log(gateway, "tcp://127.0.0.1:" + server.getLocalPort())) {
            server.setSoTimeout((int) PATIENCE.toMillis());
            ask(gateway, "/a");
            ask(gateway, "/b");
            try (Socket connection = server.accept()) {
                connection.setSoTimeout((int) PATIENCE.toMillis());
                InputStream in = connection.getInputStream();
                assertThat(message(in)).matches(MESSAGE + "200 /a");
                assertThat(message(in)).matches(MESSAGE + "200 /b");
            }
            assertThat(log.failures()).isZero();
        }
    }

    @Test
    void a_server_that_comes_later_gets_what_was_said_before() throws IOException {
        CleanEnd.expectLog("the access log cannot be written");
        InetSocketAddress address;
        try (var reserved = new ServerSocket(0, 1, LOOPBACK)) {
            address = (InetSocketAddress) reserved.getLocalSocketAddress();
        }
        try (var gateway = gateway();
                var log = log(gateway, "tcp://127.0.0.1:" + address.getPort())) {
            ask(gateway, "/before");
            await().atMost(PATIENCE).until(() -> log.failures() > 0);
            try (var server = new ServerSocket()) {
                server.setReuseAddress(true);
                server.setSoTimeout((int) PATIENCE.toMillis());
                server.bind(address);
                try (Socket connection = server.accept()) {
                    assertThat(message(connection.getInputStream())).matches(MESSAGE + "200 /before");
                }
            }
        }
    }

    @Test
    void a_server_that_left_between_two_lines_is_connected_to_again() throws IOException {
        try (var server = new ServerSocket(0, 1, LOOPBACK);
                var gateway = gateway();
                var log = log(gateway, "tcp://127.0.0.1:" + server.getLocalPort())) {
            server.setSoTimeout((int) PATIENCE.toMillis());
            for (int i = 0; i < 3; i++) {
                ask(gateway, "/" + i);
                try (Socket connection = server.accept()) {
                    assertThat(message(connection.getInputStream())).matches(MESSAGE + "200 /" + i);
                }
            }
            assertThat(log.failures()).isZero();
        }
    }

    @Test
    void a_server_that_takes_nothing_costs_lines_and_no_request() throws IOException {
        CleanEnd.allowLog("the access log ");
        try (var server = new ServerSocket(0, 1, LOOPBACK);
                var gateway = gateway();
                var log = log(gateway, "tcp://127.0.0.1:" + server.getLocalPort());
                var client = RawClient.connect(gateway.port())) {
            String path = "/" + "x".repeat(1000);
            for (int i = 0; log.dropped() == 0; i++) {
                client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readAnswer().status()).isEqualTo(200);
                assertThat(i).isLessThan(100_000);
            }
        }
    }

    @Test
    void a_stream_socket_of_this_machine_is_spoken_to_as_a_server_over_tcp() throws IOException {
        Path socket = folder.resolve("syslog.sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var gateway = gateway()) {
            server.bind(UnixDomainSocketAddress.of(socket));
            try (var log = log(gateway, "unix://" + socket)) {
                ask(gateway, "/a");
                try (var connection = server.accept()) {
                    assertThat(message(Channels.newInputStream(connection))).matches(MESSAGE + "200 /a");
                }
                assertThat(log.failures()).isZero();
            }
        }
    }

    /// Of one loop: between the lines of several there is no order.
    private static TestGateway gateway() {
        return TestGateway.from("runtime: { loops: 1 }\nroutes:\n  - { path: /**, respond: { status: 200 } }\n");
    }

    private static AccessLog log(TestGateway gateway, String url) {
        AccessLog log = AccessLog.open(
                AccessLogConfig.DEFAULT
                        .withFormat("{status} {request.path}")
                        .withTarget(AccessLogTargetConfig.syslog(url)),
                "shop");
        gateway.gateway().telemetry().watchedBy(List.of(log));
        return log;
    }

    private static void ask(TestGateway gateway, String path) {
        RawAnswer answer = RawClient.ask(gateway.port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answer.status()).isEqualTo(200);
    }

    private static String datagram(DatagramSocket server) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        server.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    /// `MSG-LEN SP SYSLOG-MSG`
    private static String message(InputStream in) throws IOException {
        ByteArrayOutputStream length = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != ' '; octet = in.read()) {
            assertThat(octet).isBetween((int) '0', (int) '9');
            length.write(octet);
        }
        return new String(in.readNBytes(Integer.parseInt(length.toString(US_ASCII))), UTF_8);
    }
}
