package dev.gatehouse.engine.net;

import static dev.gatehouse.engine.net.CertificatesOfRfc9440.CLIENT;
import static dev.gatehouse.engine.net.CertificatesOfRfc9440.INTERMEDIATE;
import static dev.gatehouse.engine.net.CertificatesOfRfc9440.ROOT;
import static dev.gatehouse.engine.net.CertificatesOfRfc9440.certificate;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShownCertificateTest {
    private final ShownCertificate alone = new ShownCertificate(List.of(certificate(CLIENT)));
    private final ShownCertificate whole =
            new ShownCertificate(List.of(certificate(CLIENT), certificate(INTERMEDIATE), certificate(ROOT)));

    @Test
    void RFC_9440_2_2_the_field_is_the_certificate_as_a_byte_sequence() {
        assertThat(alone.clientCert()).asString().isEqualTo(":" + CLIENT + ":");
        assertThat(whole.clientCert()).asString().isEqualTo(":" + CLIENT + ":");
    }

    @Test
    void RFC_9440_2_3_the_chain_is_a_list_without_the_client_itself() {
        assertThat(whole.clientCertChain()).asString().isEqualTo(":" + INTERMEDIATE + ":, :" + ROOT + ":");
        assertThat(alone.clientCertChain()).isEmpty();
    }

    @Test
    void a_field_is_put_together_once() {
        assertThat(whole.clientCert()).isSameAs(whole.clientCert());
        assertThat(whole.clientCertChain()).isSameAs(whole.clientCertChain());
        assertThat(whole.fingerprint()).isSameAs(whole.fingerprint());
    }

    @Test
    void the_words_are_those_of_other_tools() {
        assertThat(whole.subject()).isEqualTo("CN=BC");
        assertThat(whole.issuer()).isEqualTo("CN=LA Intermediate CA,O=Let's Authenticate");
        assertThat(whole.serial()).isEqualTo("7");
        assertThat(whole.fingerprint()).isEqualTo("bfaf1f7e070f9fa8dd62905f158da73f84a1136624fbafcc9393c8f7287a69eb");
    }
}
