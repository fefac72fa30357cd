package dev.gatehouse.policy.auth;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/// Keys and tokens as an identity provider makes them.
public final class Tokens {
    public static final String SECRET = "change-me-change-me-change-me-32b";
    public static final PublicJsonWebKey RSA = rsa("rsa-1");
    public static final PublicJsonWebKey EC = ec("ec-1");
    public static final OctetKeyPairJsonWebKey ED = ed("ed-1");

    private Tokens() {}

    public static PublicJsonWebKey rsa(String id) {
        try {
            PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    public static PublicJsonWebKey ec(String id) {
        try {
            PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static OctetKeyPairJsonWebKey ed(String id) {
        try {
            OctetKeyPairJsonWebKey key = OkpJwkGenerator.generateJwk("Ed25519");
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /// A JSON Web Key Set of the public halves.
    public static String jwks(PublicJsonWebKey... keys) {
        return Arrays.stream(keys)
                .map(key -> JsonUtil.toJson(key.toParams(OutputControlLevel.PUBLIC_ONLY)))
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /// What the shop's provider says of user u1 at 12:00, for five minutes.
    public static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://id.tasty.example");
        claims.put("aud", "shop-api");
        claims.put("sub", "u1");
        claims.put("jti", "t-1");
        claims.put("iat", TestClock.START.getEpochSecond());
        claims.put("exp", TestClock.START.getEpochSecond() + 300);
        return claims;
    }

    public static String signed(PublicJsonWebKey key, String algorithm, Map<String, Object> claims) {
        return signed(key.getPrivateKey(), algorithm, Map.of("kid", key.getKeyId()), JsonUtil.toJson(claims));
    }

    public static String signed(String secret, String algorithm, Map<String, Object> claims) {
        HmacKey key = new HmacKey(secret.getBytes(StandardCharsets.UTF_8));
        return signed(key, algorithm, Map.of(), JsonUtil.toJson(claims));
    }

    /// @param head beside `alg`
    public static String signed(Key key, String algorithm, Map<String, Object> head, String payload) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue(algorithm);
        head.forEach(token::setHeader);
        token.setPayload(payload);
        token.setKey(key);
        token.setDoKeyValidation(false);
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
