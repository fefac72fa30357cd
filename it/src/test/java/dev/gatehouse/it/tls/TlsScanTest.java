package dev.gatehouse.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the scanners that people point at a public address say about a listener with its defaults.
class TlsScanTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final String BOTH_KINDS =
            "certificates: [ { cert: DIR/ec.crt, key: DIR/ec.key, fallback: true }, { cert: DIR/rsa.crt, key: DIR/rsa.key } ]";

    @TempDir
    Path folder;

    private TlsDoor open(FakeService service) {
        String[] hosts = {"localhost", "shop.example", "127.0.0.1"};
        AUTHORITY.certificate("ec").hosts(hosts).forServers().issue().writeTo(folder, "ec");
        AUTHORITY.certificate("rsa").hosts(hosts).rsa().forServers().issue().writeTo(folder, "rsa");
        return TlsDoor.open(folder, service, AUTHORITY, BOTH_KINDS);
    }

    @Test
    void sslscan_finds_nothing_weak() {
        Path sslscan = Servers.require("sslscan");
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = open(service)) {
            String said = Subprocess.run(
                            Duration.ofMinutes(2),
                            sslscan.toString(),
                            "--no-colour",
                            "--sni-name=localhost",
                            "127.0.0.1:" + door.port())
                    .succeeded()
                    .stdout();

            assertThat(said)
                    .contains("SSLv2     disabled", "SSLv3     disabled", "TLSv1.0   disabled", "TLSv1.1   disabled")
                    .contains("TLSv1.2   enabled", "TLSv1.3   enabled")
                    .contains("Session renegotiation not supported");
            List<String> suites = said.lines()
                    .filter(line -> line.startsWith("Preferred") || line.startsWith("Accepted"))
                    .toList();
            assertThat(suites)
                    .isNotEmpty()
                    .allMatch(line -> line.contains("TLSv1.3") || line.contains("ECDHE"))
                    .allMatch(line -> line.contains("GCM") || line.contains("CHACHA20"));
        }
    }

    @Test
    void testssl_finds_nothing_at_medium_or_above() throws Exception {
        Path testssl = Servers.require("testssl");
        Path report = folder.resolve("report.csv");
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = open(service)) {
            Subprocess.run(
                    Duration.ofMinutes(8),
                    testssl.toString(),
                    "--quiet",
                    "--color",
                    "0",
                    "--warnings",
                    "batch",
                    "--protocols",
                    "--server-defaults",
                    "--server-preference",
                    "--std",
                    "--fs",
                    "--vulnerable",
                    "--add-ca",
                    folder.resolve("ca.crt").toString(),
                    "--csvfile",
                    report.toString(),
                    "localhost:" + door.port());
        }
        List<String> findings = Files.readAllLines(report);
        assertThat(findings).hasSizeGreaterThan(40);
        assertThat(findings).filteredOn(TlsScanTest::isSerious).isEmpty();
    }

    /// What is about the authority of the test, and not about the gateway: nobody can ask it who is revoked, and it is in
    /// no browser.
    private static boolean isSerious(String finding) {
        boolean grave = finding.contains("\"MEDIUM\"") || finding.contains("\"HIGH\"") || finding.contains("\"CRITICAL\"");
        boolean aboutTheTest = finding.startsWith("\"cert_chain_of_trust")
                || finding.startsWith("\"cert_crlDistributionPoints")
                || finding.startsWith("\"cert_ocspURL")
                || finding.startsWith("\"cert_revocation")
                || finding.startsWith("\"cert_notAfter")
                || finding.startsWith("\"cert_validityPeriod");
        return grave && !aboutTheTest;
    }
}
