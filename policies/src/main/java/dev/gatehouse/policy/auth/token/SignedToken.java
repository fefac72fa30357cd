package dev.gatehouse.policy.auth.token;

import dev.gatehouse.api.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// A token in compact form (RFC 7515 §3.1), taken apart; nothing in it is to be believed yet.
public final class SignedToken {
    /// Octets. Heads of requests are bounded too; this bounds what is decoded before anything is verified.
    static final int LONGEST = 16 << 10;

    /// Nothing is announced in `crit` that we know of, the payload of a token is always encoded (RFC 7797 §7), and
    /// what says `enc` calls itself encrypted (RFC 7516 §9).
    private static final List<String> NEVER = List.of("crit", "b64", "enc");

    /// What is a text where it is there (RFC 7515 §4.1): anything else could be read in two ways.
    private static final List<String> TEXTS = List.of("alg", "kid", "typ", "cty");

    private static final Base64.Decoder BASE64URL = Base64.getUrlDecoder();

    private final byte[] octets;
    private final int payloadEnd;
    private final Map<String, Object> head;
    private final Map<String, Object> claims;

    private SignedToken(byte[] octets, int payloadEnd, Map<String, Object> head, Map<String, Object> claims) {
        this.octets = octets;
        this.payloadEnd = payloadEnd;
        this.head = head;
        this.claims = claims;
    }

    /// Null for what has not the form of such a token.
    public static @Nullable SignedToken read(Text text) {
        if (text.length() > LONGEST) {
            return null;
        }
        byte[] octets = new byte[text.length()];
        text.copyTo(octets, 0, octets.length);
        int headEnd = dot(octets, 0);
        int payloadEnd = headEnd < 0 ? -1 : dot(octets, headEnd + 1);
        if (payloadEnd < 0 || dot(octets, payloadEnd + 1) >= 0) {
            return null;
        }
        Map<String, Object> head = json(octets, 0, headEnd);
        Map<String, Object> claims = head == null ? null : json(octets, headEnd + 1, payloadEnd);
        return head == null || claims == null || isOdd(head) ? null : new SignedToken(octets, payloadEnd, head, claims);
    }

    private static boolean isOdd(Map<String, Object> head) {
        for (String name : NEVER) {
            if (head.containsKey(name)) {
                return true;
            }
        }
        for (String name : TEXTS) {
            if (head.containsKey(name) && !(head.get(name) instanceof String)) {
                return true;
            }
        }
        return false;
    }

    private static int dot(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] == '.') {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Map<String, Object> json(byte[] octets, int from, int to) {
        byte[] decoded = decoded(octets, from, to);
        if (decoded == null) {
            return null;
        }
        try {
            return JsonUtil.parseJson(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded))
                    .toString());
        } catch (JoseException | CharacterCodingException e) {
            return null;
        }
    }

    private static byte @Nullable [] decoded(byte[] octets, int from, int to) {
        if (from == to || octets[to - 1] == '=') {
            return null; // RFC 7515 §2: without padding
        }
        try {
            return BASE64URL.decode(Arrays.copyOfRange(octets, from, to));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// What it says it is signed with; null when it says nothing.
    @Nullable
    String algorithm() {
        return string(head, "alg");
    }

    /// The key it says it is signed with; null when it says none.
    @Nullable
    String keyId() {
        return string(head, "kid");
    }

    /// Its kind; null when it says none.
    public @Nullable String type() {
        return string(head, "typ");
    }

    /// What it claims.
    public Map<String, Object> claims() {
        return claims;
    }

    /// The octets that are signed.
    byte[] signed() {
        return Arrays.copyOf(octets, payloadEnd);
    }

    /// Null when it is missing, or not encoded as it must be.
    byte @Nullable [] signature() {
        return decoded(octets, payloadEnd + 1, octets.length);
    }

    private static @Nullable String string(Map<String, Object> map, String name) {
        return map.get(name) instanceof String text ? text : null;
    }
}
