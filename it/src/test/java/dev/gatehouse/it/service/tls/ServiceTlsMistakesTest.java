package dev.gatehouse.it.service.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mistakes in a service's `tls` keep the gateway from starting (case I5): none of them makes it less safe.
@LeavesNothingBehind
class ServiceTlsMistakesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        TestAuthority authority = TestAuthority.create();
        Files.writeString(folder.resolve("ca.crt"), authority.pem());
        authority.certificate("one").forClients().issue().writeTo(folder, "one");
        authority.certificate("two").forClients().issue().writeTo(folder, "two");
        Files.writeString(folder.resolve("empty.crt"), "no certificate at all");
    }

    @Test
    void a_misspelt_option_is_no_default() {
        assertThat(report("https://localhost:1", "{ verfy: false }")).contains("GH1001", "verfy", "verify");
        assertThat(report("https://localhost:1", "{ verify: maybe }"))
                .contains("'maybe' (expected: true, chain or false)");
    }

    @Test
    void authorities_that_are_none_are_refused_at_their_line() {
        assertThat(report("https://localhost:1", "{ ca: empty.crt }"))
                .contains("GH1206", "gateway.yaml:5:", "empty.crt is no PEM");
        assertThat(report("https://localhost:1", "{ ca: missing.crt }")).contains("GH1402", "missing.crt");
    }

    @Test
    void a_key_of_another_certificate_is_refused() {
        assertThat(report("https://localhost:1", "{ certificate: { cert: one.crt, key: two.key } }"))
                .contains("GH1206", "two.key does not belong to the certificate in one.crt");
    }

    @Test
    void what_means_something_for_listeners_only_is_refused() {
        assertThat(report("https://localhost:1", "{ certificate: { cert: one.crt, key: one.key, fallback: true } }"))
                .contains("'ocsp' and 'fallback' mean something for listeners only");
        assertThat(report("https://localhost:1", "{ server_name: \"https://orders\" }"))
                .contains("server_name", "is neither a name nor an address");
        assertThat(report("https://localhost:1", "{ min_version: \"1.3\", max_version: \"1.2\" }"))
                .contains("min_version", "is newer than max_version");
    }

    @Test
    void believing_anybody_and_settings_without_tls_are_warned_of() {
        assertThat(report("https://localhost:1", "{ verify: false }")).contains("warning", "GH2205");
        assertThat(report("https://localhost:1", "{ verify: chain, ca: ca.crt }"))
                .isEmpty();
        assertThat(report("http://localhost:1", "{ ca: ca.crt }")).contains("warning", "GH2206");
        assertThat(report("http://localhost:1", "{ ca: empty.crt }")).contains("GH1206");
    }

    @Test
    void nothing_starts_with_them() {
        assertThatThrownBy(() -> TestGateway.from(yaml("https://localhost:1", "{ ca: \"" + folder + "/empty.crt\" }")))
                .hasMessageContaining("GH1206");
    }

    private String report(String url, String tls) {
        SourceFile source = new SourceFile("gateway.yaml", folder.resolve("gateway.yaml"), yaml(url, tls));
        ConfigCheck check = ConfigCheck.dryRun(ConfigLoader.load(source, LoadOptions.standard()));
        return check.diagnostics().isEmpty() ? "" : TextReport.of(check.diagnostics());
    }

    private static String yaml(String url, String tls) {
        return """
            version: 1
            services:
              orders:
                instances: [ "%s" ]
                tls: %s
            routes:
              - { path: /**, service: orders }
            """.formatted(url, tls);
    }
}
