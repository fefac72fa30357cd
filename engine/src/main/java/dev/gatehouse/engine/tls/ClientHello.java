package dev.gatehouse.engine.tls;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a client says of itself before anything is agreed on (RFC 8446 §4.1.2), as far as the certificate depends
/// on it.
///
/// @param serverName the host it wants (RFC 6066 §3), in lower case; null when it names none
/// @param protocols what it would speak inside, the best first (RFC 7301); empty when it says nothing
/// @param ciphers numbers of the suites it knows
/// @param signatures numbers of the ways of signing it can verify; empty when it says nothing
/// @param versions of TLS that it says it knows beside the one of its head: 0x0304 is 1.3
public record ClientHello(
        @Nullable String serverName,
        List<String> protocols,
        Set<Integer> ciphers,
        Set<Integer> signatures,
        Set<Integer> versions) {
    private static final int TLS_1_3 = 0x0304;

    private static final Set<Integer> ECDSA_CIPHERS = Set.of(0xc02b, 0xc02c, 0xcca9);
    private static final Set<Integer> RSA_CIPHERS = Set.of(0xc02f, 0xc030, 0xcca8);

    /// rsa_pss_rsae_*, and rsa_pkcs1_* of TLS 1.2 (RFC 8446 §4.2.3).
    private static final Set<Integer> RSA_PSS = Set.of(0x0804, 0x0805, 0x0806);
    private static final Set<Integer> RSA_PKCS1 = Set.of(0x0401, 0x0501, 0x0601);

    public ClientHello {
        protocols = List.copyOf(protocols);
        ciphers = Set.copyOf(ciphers);
        signatures = Set.copyOf(signatures);
        versions = Set.copyOf(versions);
    }

    /// Whether it can verify a signature made with a key of ECDSA on a curve of so many bits.
    ///
    /// @param with13 whether TLS 1.3 is spoken here
    boolean canVerifyEcdsa(int bits, boolean with13) {
        int signature = bits <= 256 ? 0x0403 : bits <= 384 ? 0x0503 : 0x0603;
        return signatures.contains(signature) && (speaks13(with13) || knowsOneOf(ECDSA_CIPHERS));
    }

    boolean canVerifyRsa(boolean with13) {
        if (speaks13(with13)) {
            return signatures.stream().anyMatch(RSA_PSS::contains);
        }
        // Who says nothing about signatures is of a time when all of them were RSA.
        return knowsOneOf(RSA_CIPHERS)
                && (signatures.isEmpty()
                        || signatures.stream().anyMatch(one -> RSA_PKCS1.contains(one) || RSA_PSS.contains(one)));
    }

    private boolean speaks13(boolean with13) {
        return with13 && versions.contains(TLS_1_3);
    }

    private boolean knowsOneOf(Set<Integer> some) {
        return ciphers.stream().anyMatch(some::contains);
    }
}
