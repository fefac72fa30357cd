package dev.gatehouse.testkit.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A certificate that a [TestAuthority] is asked for. Unless it is told something else: ECDSA, for servers and
/// clients, valid from yesterday for a year.
public final class WantedCertificate {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private final TestAuthority authority;
    private final String subject;
    private final List<byte[]> names = new ArrayList<>();
    private List<String> usages = List.of(SERVER_AUTH, CLIENT_AUTH);
    private Instant from = Instant.now().minus(Duration.ofDays(1));
    private Instant until = Instant.now().plus(Duration.ofDays(365));
    private int rsaBits;
    private @Nullable String ocspResponder;
    private boolean isAuthority;

    WantedCertificate(TestAuthority authority, String subject) {
        this.authority = authority;
        this.subject = subject;
    }

    /// Names of servers: `shop.example`, `*.shop.example`, `127.0.0.1`.
    public WantedCertificate hosts(String... hosts) {
        for (String host : hosts) {
            names.add(isAddress(host) ? Der.implicit(7, address(host)) : Der.implicit(2, ascii(host)));
        }
        return this;
    }

    public WantedCertificate email(String address) {
        names.add(Der.implicit(1, ascii(address)));
        return this;
    }

    /// Such as `spiffe://example.com/shop`.
    public WantedCertificate uri(String uri) {
        names.add(Der.implicit(6, ascii(uri)));
        return this;
    }

    /// With a key of RSA with 2,048 bits.
    public WantedCertificate rsa() {
        return rsa(2048);
    }

    public WantedCertificate rsa(int bits) {
        rsaBits = bits;
        return this;
    }

    public WantedCertificate forServers() {
        usages = List.of(SERVER_AUTH);
        return this;
    }

    public WantedCertificate forClients() {
        usages = List.of(CLIENT_AUTH);
        return this;
    }

    public WantedCertificate valid(Instant first, Instant last) {
        from = first;
        until = last;
        return this;
    }

    /// It ended yesterday.
    public WantedCertificate expired() {
        return valid(Instant.now().minus(Duration.ofDays(30)), Instant.now().minus(Duration.ofDays(1)));
    }

    /// Where one asks whether it is still good.
    public WantedCertificate ocspResponder(String url) {
        ocspResponder = url;
        return this;
    }

    WantedCertificate authority() {
        isAuthority = true;
        return this;
    }

    public TestCertificate issue() {
        KeyPair keys = TestKeys.of(rsaBits);
        return authority.sign(this, keys);
    }

    // ── what it consists of (RFC 5280 §4.1, §4.2)
    // ────────────────────────────────────────────────────────────────────

    String subject() {
        return subject;
    }

    byte[] validity() {
        return Der.sequence(Der.time(from), Der.time(until));
    }

    byte[] extensions(PublicKey own, PublicKey issuer) {
        List<byte[]> all = new ArrayList<>();
        all.add(extension("2.5.29.19", true, isAuthority ? Der.sequence(Der.yes()) : Der.sequence()));
        // digitalSignature and keyEncipherment; keyCertSign and cRLSign.
        all.add(extension(
                "2.5.29.15", true, isAuthority ? Der.bits(new byte[] {6}, 1) : Der.bits(new byte[] {(byte) 0xa0}, 5)));
        all.add(extension("2.5.29.14", false, Der.octets(digest(own))));
        all.add(extension("2.5.29.35", false, Der.sequence(Der.implicit(0, digest(issuer)))));
        if (!isAuthority) {
            all.add(extension(
                    "2.5.29.37",
                    false,
                    Der.sequence(usages.stream().map(Der::oid).toArray(byte[][]::new))));
        }
        if (!names.isEmpty()) {
            all.add(extension("2.5.29.17", false, Der.sequence(names.toArray(byte[][]::new))));
        }
        if (ocspResponder != null) {
            all.add(extension(
                    "1.3.6.1.5.5.7.1.1",
                    false,
                    Der.sequence(Der.sequence(Der.oid("1.3.6.1.5.5.7.48.1"), Der.implicit(6, ascii(ocspResponder))))));
        }
        return Der.sequence(all.toArray(byte[][]::new));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }

    private static byte[] digest(PublicKey key) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    private static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
