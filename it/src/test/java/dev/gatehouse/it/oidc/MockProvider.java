package dev.gatehouse.it.oidc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testkit.FakeService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// mock-oauth2-server, an identity provider by others that lets everybody in, as a process of its own: its
/// libraries are other versions than ours. `it/oauth2` puts them together.
record MockProvider(Process process, int port) implements AutoCloseable {
    private static final Path LIBRARIES =
            Path.of(System.getProperty("gatehouse.root", "..")).toAbsolutePath().resolve("it/oauth2/target/lib");

    /// Who logs in: u7, who is an admin.
    private static final String CONFIG = """
            { "interactiveLogin": false, "httpServer": "NettyWrapper",
              "tokenCallbacks": [ { "issuerId": "shop", "tokenExpiry": 300, "requestMappings": [
                { "requestParam": "grant_type", "match": "*",
                  "claims": { "sub": "u7", "aud": ["gatehouse-backoffice"], "groups": ["admin"] } } ] } ] }""";

    static MockProvider start() throws IOException {
        assumeTrue(Files.isDirectory(LIBRARIES), "no mock-oauth2-server in " + LIBRARIES);
        int port = FakeService.refusing();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        LIBRARIES + "/*",
                        "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SERVER_HOSTNAME", "127.0.0.1");
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("JSON_CONFIG", CONFIG);
        MockProvider provider = new MockProvider(builder.start(), port);
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> !provider.process.isAlive() || provider.accepts());
        return provider;
    }

    private boolean accepts() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /// @param id what is asked of it by this name it answers as an issuer of its own
    String issuer(String id) {
        return "http://127.0.0.1:" + port + "/" + id;
    }

    String discovery() {
        return "http://127.0.0.1:" + port + "/shop/.well-known/openid-configuration";
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
