package dev.gatehouse.policy.auth.token;

import static dev.gatehouse.policy.auth.Tokens.EC;
import static dev.gatehouse.policy.auth.Tokens.RSA;
import static dev.gatehouse.policy.auth.Tokens.SECRET;
import static dev.gatehouse.policy.auth.Tokens.claims;
import static dev.gatehouse.policy.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Text;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.jwks.KeySet;
import dev.gatehouse.policy.auth.jwks.SigningAlgorithm;
import dev.gatehouse.policy.auth.jwks.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;

/// Tokens nobody signed: none of them is good, and none makes the verifier throw. An input is its seed; to run one
/// again, `-Dgatehouse.fuzz.seed=<seed> -Dgatehouse.fuzz.tokens=1`.
class TokenFuzzTest {
    private static final long FIRST_SEED = Long.getLong("gatehouse.fuzz.seed", 20_250_101);
    private static final int TOKENS = Integer.getInteger("gatehouse.fuzz.tokens", 20_000);

    private static final HmacKey KEY = new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8));
    private static final KeySet KEYS = new KeySet(List.of(
            new VerificationKey("rsa-1", RSA.getPublicKey(), SigningAlgorithm.of(RSA.getPublicKey())),
            new VerificationKey("ec-1", EC.getPublicKey(), SigningAlgorithm.of(EC.getPublicKey())),
            new VerificationKey(null, KEY, SigningAlgorithm.of(KEY))));
    private static final TokenVerifier VERIFIER = new TokenVerifier(
            new TokenRules(Set.of(SigningAlgorithm.values()), null, Set.of(), Set.of(), 0, true, true, List.of()));

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "true",
            "1e400",
            "-0",
            "\"alg\"",
            "\"none\"",
            "\"HS256\"",
            "\"ES256\"",
            "\"kid\"",
            "\"exp\"",
            "\"sub\"",
            "\\u0000",
            "\\ud800",
            "\u00e9",
            "\n",
            "9".repeat(40),
            "[".repeat(500),
            "{\"a\":".repeat(100));

    @Test
    void no_mutation_of_a_token_is_good_or_breaks_the_verifier() {
        List<String> corpus = List.of(
                signed(SECRET, "HS256", claims()), signed(RSA, "RS256", claims()), signed(EC, "ES256", claims()));
        int read = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + TOKENS; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            String original = corpus.get(chance.nextInt(corpus.size()));
            String token = mutated(original, chance);
            try {
                SignedToken taken = SignedToken.read(Text.of(token));
                if (taken != null) {
                    read++;
                    TokenVerdict verdict = VERIFIER.verify(taken, KEYS, TestClock.START);
                    // The last character of a signature holds bits that mean nothing (RFC 4648 §3.5).
                    boolean same = token.regionMatches(0, original, 0, original.length() - 1)
                            && token.length() == original.length();
                    assertThat(verdict instanceof TokenVerdict.Good && !same).isFalse();
                }
            } catch (Throwable thrown) {
                throw new AssertionError("seed " + seed + ": " + token, thrown);
            }
        }
        assertThat(read).as("tokens that could be taken apart").isGreaterThan(TOKENS / 20);
    }

    @Test
    void whatever_an_issuer_signs_becomes_an_identity_or_a_refusal() {
        IdentityMapping mapping = new IdentityMapping("customer", "roles", "azp");
        int good = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + TOKENS / 10; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            StringBuilder payload =
                    new StringBuilder("{\"sub\":\"u1\",\"exp\":1800000000,\"roles\":[\"a\"],\"azp\":\"b\"}");
            for (int i = chance.nextInt(3); i > 0; i--) {
                payload.insert(chance.nextInt(payload.length() + 1), PIECES.get(chance.nextInt(PIECES.size())));
            }
            try {
                SignedToken taken = SignedToken.read(Text.of(signed(KEY, "HS256", Map.of(), payload.toString())));
                if (taken != null
                        && VERIFIER.verify(taken, KEYS, TestClock.START)
                                instanceof TokenVerdict.Good(TokenClaims claims)) {
                    good++;
                    assertThat(mapping.identity(claims.all()).subject()).isNotEmpty();
                }
            } catch (Throwable thrown) {
                throw new AssertionError("seed " + seed + ": " + payload, thrown);
            }
        }
        assertThat(good).isGreaterThan(TOKENS / 100);
    }

    private static String mutated(String token, SplittableRandom chance) {
        StringBuilder text = new StringBuilder(token);
        for (int changes = 1 + chance.nextInt(3); changes > 0; changes--) {
            if (text.isEmpty()) {
                return "";
            }
            int at = chance.nextInt(text.length());
            switch (chance.nextInt(7)) {
                case 0 -> text.setCharAt(at, (char) chance.nextInt(256));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, "-_.=AZaz09+/ ".charAt(chance.nextInt(13)));
                case 3 -> text.setLength(Math.max(1, at));
                case 4 -> text.append(text, 0, Math.min(at, 2000));
                default -> inside(text, chance);
            }
        }
        return text.toString();
    }

    /// Changes what the head or the payload says.
    private static void inside(StringBuilder text, SplittableRandom chance) {
        String[] parts = text.toString().split("\\.", -1);
        int part = chance.nextInt(Math.min(2, parts.length));
        try {
            StringBuilder json =
                    new StringBuilder(new String(Base64.getUrlDecoder().decode(parts[part]), StandardCharsets.UTF_8));
            json.insert(chance.nextInt(json.length() + 1), PIECES.get(chance.nextInt(PIECES.size())));
            parts[part] = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return; // changed beyond that already
        }
        text.setLength(0);
        text.append(String.join(".", parts));
    }
}
