package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.config.AcmeConfig.KeyType;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CertificateFileTest {
    private final TestAuthority authority = TestAuthority.create().intermediate("Between");
    private final AcmeConfig wanted = AcmeSection.in(Path.of("acme"), "shop.example", "www.shop.example");
    private final IssuedCertificate certificate = AcmeSection.issued(authority
            .certificate("shop")
            .hosts("www.shop.example", "shop.example")
            .issue());

    @Test
    void what_was_written_is_read_again() throws Exception {
        IssuedCertificate read = CertificateFile.read(CertificateFile.write(certificate), wanted);

        assertThat(read.chain()).isEqualTo(certificate.chain()).hasSize(2);
        assertThat(read.key()).isEqualTo(certificate.key());
    }

    @Test
    void one_that_was_cut_off_anywhere_is_not_used() {
        byte[] whole = CertificateFile.write(certificate);

        for (int length = 0; length < whole.length; length += 7) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> CertificateFile.read(torn, wanted)).isInstanceOf(CertificateFile.Unusable.class);
        }
    }

    @Test
    void one_with_a_letter_wrong_is_not_used() {
        byte[] whole = CertificateFile.write(certificate);
        int keyAt = new String(whole, StandardCharsets.US_ASCII).indexOf("BEGIN PRIVATE KEY") + 60;
        whole[keyAt] = (byte) (whole[keyAt] == 'A' ? 'B' : 'A');

        assertThatThrownBy(() -> CertificateFile.read(whole, wanted)).isInstanceOf(CertificateFile.Unusable.class);
    }

    @Test
    void a_key_that_belongs_to_another_certificate_is_not_used() {
        IssuedCertificate mixed = new IssuedCertificate(
                AcmeSection.issued(authority
                                .certificate("other")
                                .hosts("x.example")
                                .issue())
                        .key(),
                certificate.chain());

        assertThatThrownBy(() -> CertificateFile.read(CertificateFile.write(mixed), wanted))
                .isInstanceOf(CertificateFile.Unusable.class)
                .hasMessageContaining("belongs to another certificate");
    }

    @Test
    void one_for_other_hosts_is_not_used() {
        IssuedCertificate other = AcmeSection.issued(
                authority.certificate("shop").hosts("shop.example").issue());

        assertThatThrownBy(() -> CertificateFile.read(CertificateFile.write(other), wanted))
                .hasMessage("it is for shop.example");
    }

    @Test
    void one_with_another_kind_of_key_is_not_used() {
        AcmeConfig rsa = AcmeSection.of(Path.of("acme"), KeyType.RSA, "shop.example", "www.shop.example");

        assertThatThrownBy(() -> CertificateFile.read(CertificateFile.write(certificate), rsa))
                .hasMessage("its key is of another kind, EC");
    }
}
