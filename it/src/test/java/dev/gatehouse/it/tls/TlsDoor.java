package dev.gatehouse.it.tls;

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
import javax.net.ssl.SSLSocket;

/// A gateway that speaks TLS in front of one service, its authority, and the programs that people ask it with.
final class TlsDoor implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final FakeService service;
    private final TestAuthority authority;
    private final TestGateway gateway;

    private TlsDoor(Path folder, FakeService service, TestAuthority authority, String tls) {
        this.folder = folder;
        this.service = service;
        this.authority = authority;
        write(folder.resolve("ca.crt"), authority.pem());
        this.gateway = TestGateway.from(yaml(service, tls));
    }

    /// @param tls what stands below `tls:`, in one line; `DIR` is the folder
    static TlsDoor open(Path folder, FakeService service, TestAuthority authority, String tls) {
        return new TlsDoor(folder, service, authority, tls.replace("DIR", folder.toString()));
    }

    /// With one certificate for `shop.example` and this machine, which is the fallback.
    static TlsDoor open(Path folder, FakeService service, TestAuthority authority) {
        shop(authority).writeTo(folder, "shop");
        return open(folder, service, authority, "certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key, fallback: true } ]");
    }

    static TestCertificate shop(TestAuthority authority) {
        return authority.certificate("shop").hosts("shop.example", "localhost", "127.0.0.1").issue();
    }

    private static String yaml(FakeService service, String tls) {
        return """
            listeners:
              main:
                protocols: [http/1.1]
                tls: { %s }
            services: { shop: { instances: [ "%s" ] } }
            routes: [ { path: /**, service: shop } ]
            """.formatted(tls, service.url());
    }

    /// @param tls as in [#open]
    void reload(String tls) {
        gateway.reload(yaml(service, tls.replace("DIR", folder.toString())));
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

    /// A connection of the JDK whose handshake is complete.
    SSLSocket connect() throws IOException {
        SSLSocket socket = (SSLSocket) authority.clientContext().getSocketFactory().createSocket("127.0.0.1", port());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    /// `curl` for `https://HOST`, with these further arguments; it trusts the authority alone.
    Subprocess.Finished curl(String host, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "curl", "--silent", "--show-error", "--max-time", "10", "--cacert", folder + "/ca.crt", "--resolve",
                host + ":" + port() + ":127.0.0.1"));
        command.addAll(List.of(arguments));
        command.add("https://" + host + ":" + port() + "/");
        return Subprocess.run(PATIENCE, command);
    }

    /// `openssl s_client`, with these further arguments; all it said.
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
