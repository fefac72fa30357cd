package dev.gatehouse.engine.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.CertificateConfig;
import dev.gatehouse.engine.config.ClientCertificatesConfig;
import dev.gatehouse.engine.config.ClientCertificatesConfig.Mode;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.config.SessionTicketsConfig;
import dev.gatehouse.engine.config.TlsHostConfig;
import dev.gatehouse.engine.config.TlsVersion;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientBoundariesTest {
    private static final ClientCertificatesConfig STAFF = asking(Mode.REQUIRED, "staff");
    private static final ClientCertificatesConfig PARTNERS = asking(Mode.REQUIRED, "partners");

    /// admin and staff ask for the same; partner and below for something else; open for nothing, as does the rest.
    private final ClientBoundaries boundaries = ClientBoundaries.of(listener(
            null,
            new TlsHostConfig(List.of("admin.shop.example", "*.staff.shop.example"), STAFF),
            new TlsHostConfig(List.of("wiki.shop.example"), asking(Mode.REQUIRED, "staff")),
            new TlsHostConfig(List.of("*.partner.example"), PARTNERS),
            new TlsHostConfig(List.of("open.partner.example"), ClientCertificatesConfig.NONE)));

    @ParameterizedTest(name = "a connection to {0} and a request for {1}: separate is {2}")
    @CsvSource(
            nullValues = "none",
            value = {
                "shop.example,       shop.example,            false",
                "shop.example,       other.example,           false",
                "none,               shop.example,            false",
                "none,               admin.shop.example,      true",
                "shop.example,       admin.shop.example,      true",
                "admin.shop.example, admin.shop.example,      false",
                "admin.shop.example, admin.shop.example:8443, false",
                "admin.shop.example, ADMIN.Shop.example.:443, false",
                "admin.shop.example, wiki.shop.example,       false",
                "admin.shop.example, a.b.staff.shop.example,  false",
                "admin.shop.example, staff.shop.example,      true",
                "admin.shop.example, shop.example,            true",
                "admin.shop.example, a.partner.example,       true",
                "a.partner.example,  b.partner.example:1,     false",
                "a.partner.example,  open.partner.example,    true",
                "shop.example,       open.partner.example,    false",
                "shop.example,       Admin.SHOP.example:8443, true",
                "shop.example,       admin.shop.example.,     true",
                "admin.shop.example, '',                      true",
                "shop.example,       '',                      false",
                "shop.example,       [::1]:8443,              false",
                "admin.shop.example, [::1],                   true",
            })
    void hosts_that_ask_for_other_certificates_are_separate(@Nullable String made, String asked, boolean separate) {
        byte[] octets = ("Host: " + asked + "\r\n").getBytes(US_ASCII);

        assertThat(boundaries.separate(made, octets, 6, octets.length - 2)).isEqualTo(separate);
    }

    @Test
    void hosts_that_ask_for_the_same_are_one_boundary() {
        assertThat(boundaries.all())
                .extracting(ClientBoundary::name)
                .containsExactly("*", "admin.shop.example", "*.partner.example");
        assertThat(boundaries.at("wiki.shop.example")).isSameAs(boundaries.at("admin.shop.example"));
        assertThat(boundaries.at("open.partner.example")).isSameAs(boundaries.at(null));
    }

    @Test
    void a_listener_all_of_whose_hosts_ask_for_the_same_separates_nothing() {
        ClientBoundaries one = ClientBoundaries.of(
                listener(STAFF, new TlsHostConfig(List.of("admin.example"), asking(Mode.REQUIRED, "staff"))));

        assertThat(one.all()).hasSize(1);
        assertThat(one.separate(null, "admin.example".getBytes(US_ASCII), 0, 13))
                .isFalse();
    }

    @Test
    void another_list_another_depth_and_another_mode_are_other_boundaries() {
        ClientBoundaries all = ClientBoundaries.of(listener(
                STAFF,
                new TlsHostConfig(
                        List.of("a"),
                        new ClientCertificatesConfig(Mode.REQUIRED, file("staff"), file("revoked"), 3, false)),
                new TlsHostConfig(
                        List.of("b"), new ClientCertificatesConfig(Mode.REQUIRED, file("staff"), null, 1, false)),
                new TlsHostConfig(List.of("c"), asking(Mode.OPTIONAL, "staff"))));

        assertThat(all.all()).hasSize(4);
    }

    @Test
    void a_name_in_another_script_is_that_of_its_handshakes() {
        ClientBoundaries all = ClientBoundaries.of(listener(null, new TlsHostConfig(List.of("Bücher.example"), STAFF)));

        assertThat(all.at("xn--bcher-kva.example").asked()).isEqualTo(STAFF);
    }

    @Test
    void a_host_stands_there_once_and_is_one() {
        assertThatThrownBy(() -> ClientBoundaries.of(listener(
                        null,
                        new TlsHostConfig(List.of("a.example"), STAFF),
                        new TlsHostConfig(List.of("A.example."), PARTNERS))))
                .isInstanceOf(TlsRefused.class)
                .hasMessageContaining("hosts[1].names: 'A.example.' stands there twice");
        for (String none : List.of("*.*.example", "a:443", "", "*.")) {
            assertThatThrownBy(() -> ClientBoundaries.of(listener(null, new TlsHostConfig(List.of(none), STAFF))))
                    .as(none)
                    .isInstanceOf(TlsRefused.class);
        }
    }

    private static ClientCertificatesConfig asking(Mode mode, String ca) {
        return new ClientCertificatesConfig(mode, file(ca), null, 3, false);
    }

    private static FileContent file(String content) {
        return new FileContent("ca.crt", content.getBytes(US_ASCII));
    }

    private static ListenerTlsConfig listener(@Nullable ClientCertificatesConfig others, TlsHostConfig... hosts) {
        return new ListenerTlsConfig(
                List.of(new CertificateConfig(file("c"), file("k"), null, null, null, true)),
                null,
                TlsVersion.TLS_1_2,
                TlsVersion.TLS_1_3,
                List.of(),
                others,
                Arrays.asList(hosts),
                new SessionTicketsConfig(true, Duration.ofHours(1), null),
                false,
                Duration.ofSeconds(10),
                16 << 10);
    }
}
