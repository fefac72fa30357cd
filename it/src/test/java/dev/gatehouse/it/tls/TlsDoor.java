package dev.gatehouse.it.tls;

import dev.gatehouse.engine.tls.Handshakes;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.TestGateway;
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
import javax.net.ssl.SSLSocket;

/// A gateway that speaks TLS in front of one service, its authority, and the programs that people ask it with.
final class TlsDoor implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final FakeService service;
    private final TestAuthority authority;
    private final int loops;
    private final TestGateway gateway;

    private TlsDoor(Path folder, FakeService service, TestAuthority authority, String tls, int loops) {
        this.folder = folder;
        this.service = service;
        this.authority = authority;
        write(folder.resolve("ca.crt"), authority.pem());
        this.loops = loops;
        this.gateway = TestGateway.from(yaml(tls));
    }

    /// @param tls what stands below `tls:`, in one line; `DIR` is the folder
    static TlsDoor open(Path folder, FakeService service, TestAuthority authority, String tls) {
        return open(folder, service, authority, tls, 1);
    }

    static TlsDoor open(Path folder, FakeService service, TestAuthority authority, String tls, int loops) {
        return new TlsDoor(folder, service, authority, tls.replace("DIR", folder.toString()), loops);
    }

    /// With one certificate for `shop.example` and this machine, which is the fallback.
    static TlsDoor open(Path folder, FakeService service, TestAuthority authority) {
        shop(authority).writeTo(folder, "shop");
        return open(
                folder,
                service,
                authority,
                "certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key, fallback: true } ]");
    }

    static TestCertificate shop(TestAuthority authority) {
        return authority
                .certificate("shop")
                .hosts("shop.example", "localhost", "127.0.0.1")
                .issue();
    }

    private String yaml(String tls) {
        return """
            runtime: { loops: %d }
            listeners:
              main:
                protocols: [http/1.1]
                tls: { %s }
            services: { shop: { instances: [ "%s" ] } }
            routes: [ { path: /**, service: shop } ]
            """.formatted(loops, tls, service.url());
    }

    /// @param tls as in [#open]
    void reload(String tls) {
        gateway.reload(yaml(tls.replace("DIR", folder.toString())));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return gateway.port();
    }

    TestGateway gateway() {
        return gateway;
    }

    /// How its handshakes went so far.
    Handshakes handshakes() {
        return Objects.requireNonNull(
                        gateway.gateway().snapshot().listeners().get("main").tls())
                .handshakes();
    }

    /// A connection of the JDK whose handshake is complete.
    SSLSocket connect() throws IOException {
        SSLSocket socket =
                (SSLSocket) authority.clientContext().getSocketFactory().createSocket("127.0.0.1", port());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    /// `curl` for `https://HOST`, with these further arguments; it trusts the authority alone.
    Subprocess.Finished curl(String host, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--max-time",
                "10",
                "--cacert",
                folder + "/ca.crt",
                "--resolve",
                host + ":" + port() + ":127.0.0.1"));
        command.addAll(List.of(arguments));
        command.add("https://" + host + ":" + port() + "/");
        return Subprocess.run(PATIENCE, command);
    }

    /// `openssl s_client`, with these further arguments, that asks for `/` once: all it said, with the answer.
    String ask(String... arguments) {
        return openssl(
                "(printf 'GET / HTTP/1.1\\r\\nHost: shop.example\\r\\nConnection: close\\r\\n\\r\\n'; sleep 0.3)",
                arguments);
    }

    /// The same that asks to negotiate anew.
    String renegotiate(String... arguments) {
        return openssl("(echo R; sleep 0.5)", arguments);
    }

    private String openssl(String input, String[] arguments) {
        String command = "%s | openssl s_client -connect 127.0.0.1:%d -CAfile %s/ca.crt %s"
                .formatted(input, port(), folder, String.join(" ", arguments));
        Subprocess.Finished finished = Subprocess.run(PATIENCE, "sh", "-c", command);
        return finished.stdout() + finished.stderr();
    }

    /// `openssl s_client`, with these further arguments, that asks for nothing: all it said.
    String openssl(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port(), "-CAfile", folder + "/ca.crt"));
        command.addAll(List.of(arguments));
        Subprocess.Finished finished = Subprocess.run(PATIENCE, command);
        return finished.stdout() + finished.stderr();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
