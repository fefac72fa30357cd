package dev.gatehouse.it.tls.client;

import dev.gatehouse.engine.tls.HandshakeFailure;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.http2.FrameConnection;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A gateway for `shop.example` and what is below it, which asks its clients for certificates; and clients
/// that show some.
final class ClientDoor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Has issued the gateway's certificate, and those of clients that are believed.
    final TestAuthority authority = TestAuthority.create("Clients");

    private final Path folder;
    private final FakeService service;
    private final TestGateway gateway;

    /// @param settings what stands below `tls:` beside the certificate, one setting a line; `DIR` is the
    ///     folder, and `CA` stands for `ca: DIR/ca.crt`
    ClientDoor(Path folder, FakeService service, String settings) {
        this.folder = folder;
        this.service = service;
        write("ca.crt", authority.pem());
        authority
                .certificate("shop")
                .hosts("shop.example", "*.shop.example")
                .forServers()
                .issue()
                .writeTo(folder, "shop");
        this.gateway = TestGateway.from(yaml(settings));
    }

    private String yaml(String settings) {
        String tls = settings.replace("CA", "ca: DIR/ca.crt").replace("DIR", folder.toString());
        return """
            listeners:
              main:
                port: 0
                tls:
                  certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key, fallback: true } ]
            %s
            services: { shop: { instances: [ "%s" ] } }
            routes:
              - { path: /**, service: shop }
              - { path: /who, respond: { body: "{client.certificate.subject} at {client.tls.server_name}" } }
            """.replace("DIR", folder.toString()).formatted(tls.indent(6).stripTrailing(), service.url());
    }

    /// @param settings as they are from now on
    void reload(String settings) {
        gateway.reload(yaml(settings));
    }

    void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestCertificate client(String name) {
        return authority.certificate(name).forClients().issue();
    }

    int port() {
        return gateway.port();
    }

    /// How many handshakes came to nothing for this reason.
    long refused(HandshakeFailure why) {
        return Objects.requireNonNull(gateway.gateway()
                        .snapshot()
                        .listeners()
                        .values()
                        .iterator()
                        .next()
                        .tls())
                .handshakes()
                .failures(why);
    }

    // ── clients
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// A connection of the JDK to this host.
    ///
    /// @param own what is shown; null for nothing
    SSLSocket connect(String host, @Nullable TestCertificate own, String... versions) throws IOException {
        return connect(own == null ? authority.clientContext() : authority.clientContext(own), host, versions);
    }

    /// @param context remembers the tickets it was given
    SSLSocket connect(SSLContext context, String host, String... versions) throws IOException {
        SSLSocket socket = unshaken(context, host, "http/1.1");
        if (versions.length > 0) {
            socket.setEnabledProtocols(versions);
        }
        socket.startHandshake();
        return socket;
    }

    /// A connection on which HTTP/2 is spoken.
    FrameConnection http2(String host, TestCertificate own) throws IOException {
        SSLSocket socket = unshaken(authority.clientContext(own), host, "h2");
        socket.startHandshake();
        return FrameConnection.client(socket);
    }

    private SSLSocket unshaken(SSLContext context, String host, String protocol) throws IOException {
        // Under the host's name, by which tickets are remembered.
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(new java.net.Socket("127.0.0.1", port()), host, port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /// The same, to ask one thing after another.
    RawClient client(String host, @Nullable TestCertificate own) throws IOException {
        return RawClient.over(connect(host, own));
    }

    /// `curl https://HOST/`, with these further arguments.
    ///
    /// @param own what is shown; null for nothing
    Subprocess.Finished curl(String host, @Nullable TestCertificate own, String... arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "10"));
        command.addAll(List.of("--cacert", folder + "/ca.crt"));
        command.addAll(List.of("--resolve", host + ":" + port() + ":127.0.0.1"));
        if (own != null) {
            own.writeTo(folder, "own");
            command.addAll(List.of("--cert", folder + "/own.crt", "--key", folder + "/own.key"));
        }
        command.addAll(List.of(arguments));
        command.add("https://" + host + ":" + port() + "/");
        return Subprocess.run(PATIENCE, command);
    }

    /// `openssl s_client` for this host, with these further arguments; all it said.
    String openssl(String host, @Nullable TestCertificate own, String... arguments) {
        List<String> command = new ArrayList<>(List.of("timeout", "3", "openssl", "s_client"));
        command.addAll(List.of("-connect", "127.0.0.1:" + port(), "-servername", host));
        command.addAll(List.of("-CAfile", folder + "/ca.crt"));
        if (own != null) {
            own.writeTo(folder, "own");
            command.addAll(List.of("-cert", folder + "/own.crt", "-key", folder + "/own.key"));
        }
        command.addAll(List.of(arguments));
        Subprocess.Finished finished = Subprocess.run(PATIENCE, command);
        return finished.stdout() + finished.stderr();
    }

    /// One request by `openssl s_client`, which leaves when it has its answer; all it said.
    String opensslRequest(String host, @Nullable TestCertificate own, String request, String... arguments) {
        write("request", request);
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" < '" + folder + "/request'", "sh"));
        command.addAll(List.of("openssl", "s_client", "-ign_eof"));
        command.addAll(List.of("-connect", "127.0.0.1:" + port(), "-servername", host));
        command.addAll(List.of("-CAfile", folder + "/ca.crt"));
        if (own != null) {
            own.writeTo(folder, "own");
            command.addAll(List.of("-cert", folder + "/own.crt", "-key", folder + "/own.key"));
        }
        command.addAll(List.of(arguments));
        Subprocess.Finished finished = Subprocess.run(PATIENCE, command);
        return finished.stdout() + finished.stderr();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
