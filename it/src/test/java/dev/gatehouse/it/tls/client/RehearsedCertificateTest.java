package dev.gatehouse.it.tls.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.explain.Question;
import dev.gatehouse.engine.explain.Rehearsal;
import dev.gatehouse.engine.explain.Reply;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.snapshot.Snapshot;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions that nobody sent may be asked with a certificate. Opens no socket.
class RehearsedCertificateTest {
    private final TestAuthority authority = TestAuthority.create("Clients");
    private final TestCertificate ada =
            authority.certificate("ada").forClients().issue();

    @TempDir
    Path folder;

    private Snapshot snapshot;

    @BeforeEach
    void compile() {
        authority.certificate("shop").hosts("shop.example").issue().writeTo(folder, "shop");
        ada.writeTo(folder, "ada");
        snapshot = compiled("""
                listeners:
                  plain: {}
                  main:
                    tls:
                      certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key, fallback: true } ]
                      hosts: [ { names: [ admin.example ], client_certificates: { ca: "CA" } } ]
                routes:
                  - path: /who
                    respond: { body: "{request.scheme} {client.certificate.subject} {client.tls.server_name}" }
                """.replace("DIR", folder.toString())
                .replace("\"CA\"", "\"" + authority.pem().replace("\n", "\\n") + "\""));
    }

    @AfterEach
    void discard() {
        snapshot.discard(null);
    }

    private static Snapshot compiled(String yaml) {
        Path nowhere = Path.of("gateway.yaml").toAbsolutePath();
        ConfigCheck check = ConfigCheck.dryRun(
                ConfigLoader.load(new SourceFile("gateway.yaml", nowhere, yaml), LoadOptions.standard()));
        return Objects.requireNonNull(
                check.snapshot(), () -> check.diagnostics().toString());
    }

    private Reply ask(Question question) {
        return Rehearsal.explaining(snapshot).ask(question);
    }

    private static Question who(String listener, String host) {
        Question who = Question.of("GET", "/who").with("Host", host);
        return new Question(who.method(), who.target(), who.headers(), who.body(), who.from(), listener);
    }

    @Test
    void the_certificate_of_a_question_is_what_the_client_has_shown() {
        assertThat(ask(who("main", "admin.example:8443").showing(ada.pem().getBytes(US_ASCII)))
                        .body())
                .asString(US_ASCII)
                .isEqualTo("https CN=ada admin.example");
    }

    @Test
    void without_one_it_is_a_connection_of_TLS_all_the_same() {
        assertThat(ask(who("main", "shop.example")).body()).asString(US_ASCII).isEqualTo("https  shop.example");
        assertThat(ask(who("plain", "shop.example")).body()).asString(US_ASCII).isEqualTo("http  ");
    }

    @Test
    void who_would_not_get_in_is_told_so() {
        assertThatThrownBy(() -> ask(who("main", "admin.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nobody gets in at 'admin.example' without a client certificate, and the request has none");
        assertThatThrownBy(
                        () -> ask(who("main", "shop.example").showing(ada.pem().getBytes(US_ASCII))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nobody is asked for a client certificate at 'shop.example', and the request has one");
    }

    @Test
    void what_is_no_certificate_is_told() {
        assertThatThrownBy(() -> who("main", "admin.example").showing("nothing".getBytes(US_ASCII)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("certificate");
    }
}
