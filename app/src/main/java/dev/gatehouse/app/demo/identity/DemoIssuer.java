package dev.gatehouse.app.demo.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.engine.config.source.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Signs the tokens of the demo. Its key is in every copy of this program, so everybody can sign in its name: a
/// gateway believes it on this machine only (see [DemoTrust]).
public final class DemoIssuer {
    /// What access tokens say of where they come from, wherever the provider happens to listen.
    public static final String ISSUER = "gatehouse-demo";

    /// For whom they are meant.
    public static final String AUDIENCE = "demo-api";

    private static final String KEY_ID = "demo-1";
    private static final int COORDINATE = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private static final PrivateKey KEY;
    private static final ECPublicKey PUBLIC_KEY;

    static {
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            KEY = keys.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder()
                    .decode("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgC3sWkpztIZD7XHNs"
                            + "2598yVvTCVIOTkNP3+Bakv7NyUmhRANCAASdD5hBhClB3Ju1RAnprBRv6jFsFQva"
                            + "zeZQGDlndWfJeBxLbvbIgu3wc/JSX3TdnzxALA1lZRGuyY5zy0PzzNgY")));
            PUBLIC_KEY = (ECPublicKey) keys.generatePublic(new X509EncodedKeySpec(Base64.getDecoder()
                    .decode("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEnQ+YQYQpQdybtUQJ6awUb+oxbBUL"
                            + "2s3mUBg5Z3VnyXgcS272yILt8HPyUl903Z88QCwNZWURrsmOc8tD88zYGA==")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no P-256", e);
        }
    }

    private DemoIssuer() {}

    /// A token for the demo's API.
    public static String accessToken(String subject, Set<String> roles, Instant now, Duration lasts) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("aud", AUDIENCE);
        claims.put("sub", subject);
        DemoUser user = DemoUser.withId(subject);
        if (user != null) {
            claims.put("name", user.fullName());
        }
        claims.put("roles", List.copyOf(roles));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(lasts).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        return sign(claims);
    }

    /// A JWT in compact form (RFC 7515 §7.1), by ES256 (RFC 7518 §3.4).
    static String sign(Map<String, Object> claims) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("alg", "ES256");
        head.put("typ", "JWT");
        head.put("kid", KEY_ID);
        String signed = encoded(head) + "." + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(KEY);
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read cannot sign", e);
        }
    }

    /// The claims of a token that was signed here, as JSON; null for any other.
    static @Nullable String claims(String token) {
        int last = token.lastIndexOf('.');
        int first = token.indexOf('.');
        if (first < 0 || first == last) {
            return null;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(PUBLIC_KEY);
            signature.update(token.substring(0, last).getBytes(UTF_8));
            boolean ours = signature.verify(Base64.getUrlDecoder().decode(token.substring(last + 1)));
            return ours ? new String(Base64.getUrlDecoder().decode(token.substring(first + 1, last)), UTF_8) : null;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String encoded(Map<String, Object> fields) {
        return BASE64.encodeToString(Json.compact(fields).getBytes(UTF_8));
    }

    /// The public key as a JSON Web Key Set (RFC 7517 §5).
    static Map<String, Object> keys() {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("kty", "EC");
        key.put("crv", "P-256");
        key.put("use", "sig");
        key.put("alg", "ES256");
        key.put("kid", KEY_ID);
        key.put("x", coordinate(PUBLIC_KEY.getW().getAffineX()));
        key.put("y", coordinate(PUBLIC_KEY.getW().getAffineY()));
        return Map.of("keys", List.of(key));
    }

    /// Always all 32 octets (RFC 7518 §6.2.1.2).
    private static String coordinate(BigInteger number) {
        byte[] octets = number.toByteArray();
        byte[] whole = new byte[COORDINATE];
        int skipped = Math.max(0, octets.length - COORDINATE);
        System.arraycopy(octets, skipped, whole, COORDINATE - (octets.length - skipped), octets.length - skipped);
        return BASE64.encodeToString(whole);
    }
}
