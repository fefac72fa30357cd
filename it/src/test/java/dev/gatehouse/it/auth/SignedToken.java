package dev.gatehouse.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/// Tokens signed with a secret that the gateway is told too (HS256), good until 2100.
public final class SignedToken {
    /// What the gateway's file says as `secret`.
    public static final String SECRET = "a secret that is long enough for it";

    private SignedToken() {}

    public static String of(String subject) {
        return saying("\"sub\":\"" + subject + "\"");
    }

    /// @param claims of JSON, without the braces around them
    public static String saying(String claims) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue("HS256");
        token.setPayload("{\"exp\":4102444800," + claims + "}");
        token.setKey(new HmacKey(SECRET.getBytes(UTF_8)));
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
