package dev.gatehouse.policy.auth.jwks;

import dev.gatehouse.api.config.Word;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECParameterSpec;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jose4j.jws.EdDsaAlgorithm;
import org.jose4j.jws.HmacUsingShaAlgorithm;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.jws.RsaUsingShaAlgorithm;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// The ways to sign that are understood (RFC 7518 §3.1, RFC 8037). `none` is not among them, and each takes one
/// kind of key only: a public key is never a secret (RFC 8725 §2.1).
public enum SigningAlgorithm {
    @Word("HS256")
    HS256("HS256", new HmacUsingShaAlgorithm.HmacSha256()),
    @Word("HS384")
    HS384("HS384", new HmacUsingShaAlgorithm.HmacSha384()),
    @Word("HS512")
    HS512("HS512", new HmacUsingShaAlgorithm.HmacSha512()),
    @Word("RS256")
    RS256("RS256", new RsaUsingShaAlgorithm.RsaSha256()),
    @Word("RS384")
    RS384("RS384", new RsaUsingShaAlgorithm.RsaSha384()),
    @Word("RS512")
    RS512("RS512", new RsaUsingShaAlgorithm.RsaSha512()),
    @Word("PS256")
    PS256("PS256", new RsaUsingShaAlgorithm.RsaPssSha256()),
    @Word("PS384")
    PS384("PS384", new RsaUsingShaAlgorithm.RsaPssSha384()),
    @Word("PS512")
    PS512("PS512", new RsaUsingShaAlgorithm.RsaPssSha512()),
    @Word("ES256")
    ES256("ES256", new EcdsaUsingShaAlgorithm.EcdsaP256UsingSha256()),
    @Word("ES384")
    ES384("ES384", new EcdsaUsingShaAlgorithm.EcdsaP384UsingSha384()),
    @Word("ES512")
    ES512("ES512", new EcdsaUsingShaAlgorithm.EcdsaP521UsingSha512()),
    @Word("EdDSA")
    EDDSA("EdDSA", new EdDsaAlgorithm());

    private static final int LEAST_RSA_BITS = 2048;
    private static final ProviderContext PROVIDERS = new ProviderContext();
    private static final Map<String, SigningAlgorithm> BY_NAME = new HashMap<>();

    static {
        for (SigningAlgorithm one : values()) {
            BY_NAME.put(one.label, one);
        }
    }

    private final String label;
    private final JsonWebSignatureAlgorithm arithmetic;

    /// @param arithmetic made by itself: all of the library's algorithms at once take 50 ms of a start
    SigningAlgorithm(String label, JsonWebSignatureAlgorithm arithmetic) {
        this.label = label;
        this.arithmetic = arithmetic;
    }

    /// Null for one that is not understood. Names are compared exactly (RFC 7515 §4.1.1).
    public static @Nullable SigningAlgorithm called(String label) {
        return BY_NAME.get(label);
    }

    /// As tokens write it.
    public String label() {
        return label;
    }

    /// Whether it is made and verified with the same secret.
    public boolean isSymmetric() {
        return this == HS256 || this == HS384 || this == HS512;
    }

    /// Octets a secret has at least (RFC 7518 §3.2).
    public int leastSecret() {
        return switch (this) {
            case HS256 -> 32;
            case HS384 -> 48;
            case HS512 -> 64;
            default -> 0;
        };
    }

    /// All that `key` may verify; none for a key that is too weak.
    public static Set<SigningAlgorithm> of(Key key) {
        EnumSet<SigningAlgorithm> all = EnumSet.noneOf(SigningAlgorithm.class);
        for (SigningAlgorithm one : values()) {
            if (one.fits(key)) {
                all.add(one);
            }
        }
        return all;
    }

    private boolean fits(Key key) {
        return switch (this) {
            case HS256, HS384, HS512 -> key instanceof SecretKey secret && secret.getEncoded().length >= leastSecret();
            case RS256, RS384, RS512, PS256, PS384, PS512 ->
                key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
            case ES256 -> isOn(EllipticCurves.P256, key);
            case ES384 -> isOn(EllipticCurves.P384, key);
            case ES512 -> isOn(EllipticCurves.P521, key);
            case EDDSA -> key instanceof EdECPublicKey;
        };
    }

    private static boolean isOn(ECParameterSpec curve, Key key) {
        return key instanceof ECPublicKey ec && ec.getParams().getCurve().equals(curve.getCurve());
    }

    /// Whether `signature` is that of `signed`. About 30 µs for RSA of 2048 bits and 100 µs for P-256.
    boolean verifies(Key key, byte[] signed, byte[] signature) {
        try {
            return arithmetic.verifySignature(signature, key, signed, PROVIDERS);
        } catch (JoseException e) {
            return false; // not even the form of one
        }
    }
}
