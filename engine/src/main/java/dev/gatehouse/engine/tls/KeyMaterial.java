package dev.gatehouse.engine.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A certificate with its key, ready to be shown. Two are never equal.
public final class KeyMaterial {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final List<X509Certificate> chain;
    private final @Nullable X509Certificate issuer;
    private final PrivateKey key;
    private final byte @Nullable [] ocsp;
    private final Instant ocspUntil;
    private final boolean fallback;
    private final List<String> hosts;
    private final List<InetAddress> addresses;

    /// @param chain its own first, then the one that vouches for it, and so on
    /// @param key that belongs to the first
    /// @param ocsp what is stapled to handshakes; null for nothing that is known yet
    /// @param fallback whether it is for clients that name no host that is known
    public KeyMaterial(
            List<X509Certificate> chain, PrivateKey key, byte @Nullable [] ocsp, boolean fallback) {
        this(chain, chain.size() > 1 ? chain.get(1) : null, key, ocsp, fallback);
    }

    /// @param issuer of the first, which is not shown when it is a root; null when it is not known
    KeyMaterial(
            List<X509Certificate> chain,
            @Nullable X509Certificate issuer,
            PrivateKey key,
            byte @Nullable [] ocsp,
            boolean fallback) {
        this.chain = List.copyOf(chain);
        this.issuer = issuer;
        this.key = key;
        this.ocsp = ocsp;
        Instant nextUpdate = ocsp == null ? null : OcspAnswer.read(ocsp).nextUpdate();
        this.ocspUntil = nextUpdate == null ? Instant.MAX : nextUpdate;
        this.fallback = fallback;
        List<String> names = new ArrayList<>();
        List<InetAddress> places = new ArrayList<>();
        for (List<?> name : alternativeNames(chain.getFirst())) {
            if (name.get(0) instanceof Integer kind && name.get(1) instanceof String text) {
                if (kind == DNS_NAME) {
                    names.add(text.toLowerCase(Locale.ROOT));
                } else if (kind == IP_ADDRESS) {
                    places.add(address(text));
                }
            }
        }
        this.hosts = List.copyOf(names);
        this.addresses = List.copyOf(places);
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException("names its hosts in a way that is not understood", e);
        }
    }

    private static InetAddress address(String literal) {
        try {
            // A literal: nobody is asked.
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("names an address that is none: " + literal, e);
        }
    }

    public List<X509Certificate> chain() {
        return chain;
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    @Nullable X509Certificate issuer() {
        return issuer;
    }

    PrivateKey key() {
        return key;
    }

    byte @Nullable [] ocsp() {
        return ocsp;
    }

    /// When [#ocsp] is out of date, and must not be stapled any more; the end of time when there is none.
    public Instant ocspUntil() {
        return ocspUntil;
    }

    boolean isFallback() {
        return fallback;
    }

    /// The hosts it is for, in lower case: `shop.example`, `*.shop.example`. What a subject's common name says does not
    /// count (RFC 9525 §2).
    public List<String> hosts() {
        return hosts;
    }

    List<InetAddress> addresses() {
        return addresses;
    }

    /// What to call it: its first host, or its subject.
    public String name() {
        return hosts.isEmpty() ? certificate().getSubjectX500Principal().getName() : hosts.getFirst();
    }

    /// `ecdsa` or `rsa`.
    public String kind() {
        return isEcdsa() ? "ecdsa" : "rsa";
    }

    boolean isEcdsa() {
        return certificate().getPublicKey() instanceof ECPublicKey;
    }

    public Instant notBefore() {
        return certificate().getNotBefore().toInstant();
    }

    /// The end of its life, or of one in the chain that ends before it.
    public Instant notAfter() {
        return chain.stream()
                .map(one -> one.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
