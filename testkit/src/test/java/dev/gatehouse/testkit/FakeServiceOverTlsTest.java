package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@LeavesNothingBehind
class FakeServiceOverTlsTest {

    @Test
    void answers_over_tls_and_closes_at_once(@TempDir Path folder) throws Exception {
        SSLContext tls = selfSigned(folder.resolve("keys.p12"));
        try (FakeService service = FakeService.with().tls(tls).start();
                RawClient client = RawClient.over(tls.getSocketFactory().createSocket("127.0.0.1", service.port()))) {
            assertThat(client.send("GET / HTTP/1.1\r\n\r\n").readAnswer().text())
                    .isEqualTo("ok");
            assertThat(client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
                            .readToEnd()
                            .ending())
                    .isEqualTo(RawAnswer.Ending.END);
        }
    }

    private static SSLContext selfSigned(Path file) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String command = " -genkeypair -keyalg EC -alias a -dname CN=localhost -storepass secret -keystore " + file;
        Subprocess.run(Duration.ofSeconds(20), (keytool + command).split(" ")).succeeded();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, "secret".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "secret".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
