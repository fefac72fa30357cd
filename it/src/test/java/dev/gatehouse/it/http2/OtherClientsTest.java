package dev.gatehouse.it.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP/2 with clients that others have written: curl, nghttp, h2load, the JDK's.
@LeavesNothingBehind
class OtherClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BIG = 2_000_000;

    @TempDir
    private Path folder;

    private final TestAuthority authority = TestAuthority.create();

    @BeforeEach
    void writeKeys() throws Exception {
        authority.certificate("localhost").hosts("127.0.0.1", "localhost").issue().writeTo(folder, "own");
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        Files.write(folder.resolve("big"), new byte[BIG]);
    }

    @Test
    void curl_over_tls_chooses_http_2_and_sends_a_big_body() {
        String curl = Servers.require("curl").toString();
        try (FakeService service = FakeService.start();
                TestGateway gateway = gateway(service)) {
            String out = Subprocess.run(
                            PATIENCE,
                            curl,
                            "-sS",
                            "--cacert",
                            folder.resolve("ca.pem").toString(),
                            "--data-binary",
                            "@" + folder.resolve("big"),
                            "-w",
                            " %{http_version} %{http_code}",
                            "https://127.0.0.1:" + gateway.port("tls") + "/")
                    .succeeded()
                    .stdout();
            assertThat(out).isEqualTo("ok 2 200");
            assertThat(service.awaitRequest().bodyLength()).isEqualTo(BIG);
        }
    }

    @Test
    void curl_with_prior_knowledge_gets_a_big_answer() {
        String curl = Servers.require("curl").toString();
        try (FakeService service = FakeService.script(s -> s.awaitRequest().big(BIG));
                TestGateway gateway = gateway(service)) {
            String out = Subprocess.run(
                            PATIENCE,
                            curl,
                            "-sS",
                            "--http2-prior-knowledge",
                            "-o",
                            folder.resolve("got").toString(),
                            "-w",
                            "%{http_version} %{http_code} %{size_download}",
                            "http://127.0.0.1:" + gateway.port("clear") + "/")
                    .succeeded()
                    .stdout();
            assertThat(out).isEqualTo("2 200 " + BIG);
        }
    }

    @Test
    void nghttp_gets_many_answers_on_one_connection() {
        String nghttp = Servers.require("nghttp").toString();
        try (FakeService service = FakeService.start();
                TestGateway gateway = gateway(service)) {
            String out = Subprocess.run(
                            PATIENCE, nghttp, "-nv", "-m", "20", "http://127.0.0.1:" + gateway.port("clear") + "/")
                    .succeeded()
                    .stdout();
            assertThat(out.lines().filter(line -> line.contains(":status: 200"))).hasSize(20);
        }
    }

    @Test
    void h2load_has_no_failures_with_a_hundred_streams_on_each_connection() {
        String h2load = Servers.require("h2load").toString();
        try (FakeService service = FakeService.start();
                TestGateway gateway = gateway(service)) {
            String out = Subprocess.run(
                            PATIENCE,
                            h2load,
                            "-n",
                            "5000",
                            "-c",
                            "4",
                            "-m",
                            "100",
                            "https://127.0.0.1:" + gateway.port("tls") + "/")
                    .succeeded()
                    .stdout();
            assertThat(out).contains("5000 succeeded, 0 failed, 0 errored", "status codes: 5000 2xx");
        }
    }

    @Test
    void the_client_of_the_jdk_sends_many_requests_at_once() throws Exception {
        try (FakeService service = FakeService.echoing();
                TestGateway gateway = gateway(service);
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(authority.clientContext())
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            // One connection, before there are many requests for it.
            client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port("tls") + "/"))
                            .build(),
                    BodyHandlers.discarding());
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("https://localhost:" + gateway.port("tls") + "/" + i))
                        .POST(BodyPublishers.ofString("body " + i))
                        .build();
                answers.add(client.sendAsync(request, BodyHandlers.ofString()));
            }
            for (int i = 0; i < 50; i++) {
                HttpResponse<String> answer = answers.get(i).get(30, TimeUnit.SECONDS);
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.body()).startsWith("POST /" + i + " HTTP/1.1").endsWith("body " + i);
            }
        }
    }

    private TestGateway gateway(FakeService service) {
        return TestGateway.from("""
                version: 1
                listeners:
                  tls: { port: 0, tls: { certificates: [ { cert: "%1$s/own.crt", key: "%1$s/own.key" } ] } }
                  clear: { port: 0, protocols: [h2c, http/1.1] }
                services:
                  shop: { instances: [ "%2$s" ], timeout: { connect: 10s } }
                routes:
                  - { path: "/**", service: shop }
                """.formatted(folder, service.url()));
    }
}
