package dev.gatehouse.it.tls;

import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/// A gateway with a listener `secure`, which speaks HTTP/2 and HTTP/1.1 over TLS as `localhost`, and asks for client
/// certificates without insisting on one; and a listener `plain` beside it. Its clients are the JDK's.
public final class HttpsGateway implements AutoCloseable {
    /// Has issued the gateway's certificate, and those of clients that are believed.
    private final TestAuthority authority = TestAuthority.create("Clients");

    private final Path folder;
    private final TestGateway gateway;

    private HttpsGateway(Path folder, int port, String rest) {
        this.folder = folder;
        authority
                .certificate("localhost")
                .hosts("localhost", "127.0.0.1", "shop.example", "*.shop.example", "evil.example")
                .forServers()
                .issue()
                .writeTo(folder, "door");
        try {
            Files.writeString(folder.resolve("ca.crt"), authority.pem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        gateway = TestGateway.from(file(rest).replace("port: 8443", "port: " + port));
    }

    /// The whole file.
    ///
    /// @param rest what stands behind the listeners
    public String file(String rest) {
        return """
                listeners:
                  secure:
                    port: 8443
                    tls:
                      certificates: [ { cert: DIR/door.crt, key: DIR/door.key, fallback: true } ]
                      client_certificates: { mode: optional, ca: DIR/ca.crt }
                  plain: { port: 8080, protocols: [ h2c, http/1.1 ] }
                """.replace("DIR", folder.toString()) + rest;
    }

    /// @param folder for the certificates
    /// @param rest of the file, behind its listeners
    public static HttpsGateway from(Path folder, String rest) {
        return on(8443, folder, rest);
    }

    /// The same on a port that the file has to name.
    public static HttpsGateway on(int port, Path folder, String rest) {
        return new HttpsGateway(folder, port, rest);
    }

    public TestGateway gateway() {
        return gateway;
    }

    public TestAuthority authority() {
        return authority;
    }

    public int port() {
        return gateway.port("secure");
    }

    /// `https://localhost:port`, an origin as browsers write it.
    public String origin() {
        return "https://localhost:" + port();
    }

    /// A client that speaks this version only, and trusts the gateway.
    public HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(authority.clientContext())
                .build();
    }

    /// The same, which shows a certificate.
    public HttpClient client(HttpClient.Version version, TestCertificate own) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(authority.clientContext(own))
                .build();
    }

    /// One request without a body.
    ///
    /// @param fields name and value by turns
    public HttpResponse<String> ask(HttpClient client, String method, String path, String... fields)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin() + path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        gateway.close();
    }
}
