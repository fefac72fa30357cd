package dev.gatehouse.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTrustTest {
    private static final LoadOptions OPTIONS = LoadOptions.standard().withEnvironment(Map.of());

    @Test
    void the_demo_is_believed_on_this_machine_only() {
        String demo =
                new DemoFiles(DemoServices.places(9101), 8080, 9000).gateway().text();

        assertThat(check(demo)).isEmpty();
        assertThat(check(demo.replace("bind: 127.0.0.1", "bind: 0.0.0.0")))
                .extracting(Diagnostic::message)
                .containsExactly(
                        "security.authentication.customer believes the demo's tokens, and others than this machine can"
                                + " reach a listener",
                        "security.authentication.browser seals sessions with the demo's secret, and others than this"
                                + " machine can reach a listener",
                        "consumer 'acme-delivery' has a key of the demo, and others than this machine can reach a"
                                + " listener",
                        "consumer 'city-guide' has a key of the demo, and others than this machine can reach a"
                                + " listener");
    }

    @Test
    void one_listener_for_others_is_enough() {
        List<Diagnostic> said = check("""
                listeners: { here: { bind: "::1", port: 8080 }, there: { port: 8081 } }
                security: { authentication: { a: { type: jwt, issuer: gatehouse-demo, jwks_url: "http://127.0.0.1:1/j" } } }
                routes: [ { path: /**, respond: { body: hi }, auth: a } ]
                """);

        assertThat(said).singleElement().satisfies(mistake -> {
            assertThat(mistake.code()).isEqualTo(Code.GH1604);
            assertThat(mistake.span()).hasToString("gateway.yaml:2:55");
        });
    }

    @Test
    void what_comes_from_the_environment_is_looked_at_as_well() {
        LoadOptions environment = LoadOptions.standard().withEnvironment(Map.of("ISSUER", "gatehouse-demo"));
        List<Diagnostic> said = check("""
                security: { authentication: { a.b: { type: jwt, issuer: "${env:ISSUER}", jwks_url: "http://127.0.0.1:1/j" } } }
                routes: [ { path: /**, respond: { body: hi }, auth: a.b } ]
                """, environment);

        assertThat(said)
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message())
                        .startsWith("security.authentication.a.b believes the demo's tokens"));
    }

    @Test
    void whoever_trusts_their_own_issuer_may_listen_to_everybody() {
        assertThat(check("""
                security: { authentication: { a: { type: jwt, issuer: "https://id.example", jwks_url: "https://id.example/j" } } }
                routes: [ { path: /**, respond: { body: hi }, auth: a } ]
                """)).isEmpty();
    }

    private static List<Diagnostic> check(String text) {
        return check(text, OPTIONS);
    }

    private static List<Diagnostic> check(String text, LoadOptions options) {
        Loaded loaded = ConfigLoader.load(
                new SourceFile("gateway.yaml", Path.of("gateway.yaml").toAbsolutePath(), text), options);
        assertThat(loaded.hasErrors()).as(loaded.diagnostics().toString()).isFalse();
        return DemoTrust.check(loaded);
    }
}
