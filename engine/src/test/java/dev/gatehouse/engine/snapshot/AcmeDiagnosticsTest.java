package dev.gatehouse.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.Severity;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AcmeDiagnosticsTest {
    private static final String ACME = """
            listeners:
              public:
                tls:
                  acme: { hosts: [shop.example], agree_to_terms: true }
            """;

    @Test
    void certificates_that_nobody_would_get_are_refused() {
        assertThat(TextReport.of(AcmeDiagnostics.of(loaded(ACME), () -> false)))
                .contains("error[GH1603] acme needs a module that is not there", "gateway.yaml:4:7")
                .contains("put gatehouse-acme and what belongs to it into 'lib'");
    }

    /// There is none on the class path of this module.
    @Test
    void a_check_of_the_whole_file_tells_it() {
        assertThat(ConfigCheck.dryRun(loaded(ACME)).diagnostics())
                .extracting(diagnostic -> diagnostic.code().name())
                .containsExactly("GH1603");
    }

    @Test
    void nobody_looks_for_the_module_without_acme() {
        assertThat(AcmeDiagnostics.of(loaded(""), () -> {
                    throw new AssertionError("was looked for");
                }))
                .isEmpty();
    }

    @Test
    void what_makes_no_sense_is_refused_with_what_would() {
        assertThat(said("hosts: [shop.example], agree_to_terms: false"))
                .contains("must be true; read the terms of https://acme-v02");
        assertThat(said("hosts: ['*.shop.example'], agree_to_terms: true"))
                .contains("a wildcard needs a DNS challenge");
        assertThat(said("hosts: [192.0.2.7], agree_to_terms: true")).contains("is no name an issuer can look up");
        assertThat(said("hosts: [a.example, A.example], agree_to_terms: true")).contains("one is written twice");
        assertThat(said("hosts: [a.example], agree_to_terms: true, directory: 'http://issuer'"))
                .contains("a URL that begins with https://");
        assertThat(said("hosts: [a.example], agree_to_terms: true, renew_at: 90%"))
                .contains("5% to 80%");
        assertThat(said("hosts: [a.example], agree_to_terms: true, email: nobody"))
                .contains("expected: one address");
        assertThat(said("hosts: [a.example], agree_to_terms: true, external_account: { id: us, key: '%%' }"))
                .contains("is not in base64url");
    }

    private static String said(String acme) {
        return TextReport.of(loaded("listeners: { public: { tls: { acme: { " + acme + " } } } }\n")
                .diagnostics());
    }

    private static Loaded loaded(String section) {
        String yaml = section + "routes:\n  - { path: /x, respond: { status: 204 } }\n";
        return ConfigLoader.load(
                new SourceFile("gateway.yaml", Path.of("nowhere/gateway.yaml"), yaml),
                new LoadOptions(Map.of(), Extensions.NONE, Severity.ERROR));
    }
}
