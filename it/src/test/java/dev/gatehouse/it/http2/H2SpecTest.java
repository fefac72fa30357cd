package dev.gatehouse.it.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All of h2spec 2.2.0, strict, over TLS and without (RFC 9113, RFC 7541).
@LeavesNothingBehind
class H2SpecTest {
    private static final Pattern FIGURES =
            Pattern.compile("(\\d+) tests, (\\d+) passed, (\\d+) skipped, (\\d+) failed");
    /// To a service that has the whole request before it answers: an answer that comes sooner ends the stream, and
    /// what h2spec expects of it then depends on who was faster.
    private static final String ROUTE = """
            services: { all: { instances: [ "%s" ] } }
            routes:
              - { path: "/**", service: all }
            """;

    @TempDir
    private Path folder;

    @Test
    void nothing_fails_without_tls() throws Exception {
        try (FakeService service = service();
                TestGateway gateway = TestGateway.from("""
                version: 1
                listeners:
                  main: { port: 8080, protocols: [h2c, http/1.1] }
                """ + ROUTE.formatted(service.url()))) {
            judge("h2c", gateway.port(), List.of());
        }
    }

    @Test
    void nothing_fails_over_tls() throws Exception {
        TestAuthority.create()
                .certificate("localhost")
                .hosts("127.0.0.1")
                .issue()
                .writeTo(folder, "own");
        try (FakeService service = service();
                TestGateway gateway = TestGateway.from("""
                version: 1
                listeners:
                  main: { port: 0, tls: { certificates: [ { cert: "%1$s/own.crt", key: "%1$s/own.key" } ] } }
                """.formatted(folder) + ROUTE.formatted(service.url()))) {
            judge("h2", gateway.port(), List.of("-t", "-k"));
        }
    }

    private static FakeService service() {
        return FakeService.handling(_ -> Answer.of(200, "a few octets of a body"));
    }

    private void judge(String protocol, int port, List<String> options) throws Exception {
        Path program = H2Spec.unpackTo(folder);
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "-S", "-h", "127.0.0.1", "-p", String.valueOf(port), "-o", "5"));
        command.addAll(options);
        String report = Subprocess.run(Duration.ofMinutes(3), command).stdout();
        Matcher figures = FIGURES.matcher(report);
        assertThat(figures.find()).as(report).isTrue();
        System.out.println("h2spec 2.2.0, strict, " + protocol + ": " + figures.group());
        assertThat(figures.group()).as(report).isEqualTo("146 tests, 146 passed, 0 skipped, 0 failed");
    }
}
