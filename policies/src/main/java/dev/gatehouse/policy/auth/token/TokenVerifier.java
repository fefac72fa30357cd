package dev.gatehouse.policy.auth.token;

import dev.gatehouse.policy.auth.bearer.TokenFault;
import dev.gatehouse.policy.auth.bearer.TokenFault.Kind;
import dev.gatehouse.policy.auth.jwks.KeySet;
import dev.gatehouse.policy.auth.jwks.SigningAlgorithm;
import dev.gatehouse.policy.auth.jwks.VerificationKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges a token by rules and keys. Arithmetic only: no clock, no network, no memory.
///
/// Looked at in this order, cheap before dear: the algorithm, the kind, the issuer, the signature, the times, the
/// audience, what must be there.
public final class TokenVerifier {
    /// `typ` of what may be an access token; unless the user names other ones (RFC 9068 §2.1, RFC 8725 §3.11).
    private static final Set<String> USUAL_TYPES = Set.of("jwt", "at+jwt");

    /// Claims that stand in ID tokens only (OpenID Connect Core 1.0 §2, §3.3.2.11).
    private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash");

    /// What Keycloak and Cognito call tokens that are no access tokens, by the claim they say it in.
    private static final Map<String, Set<String>> OTHER_USES =
            Map.of("typ", Set.of("id", "refresh", "offline", "logout"), "token_use", Set.of("id"));

    private static final int LONGEST_QUOTE = 64;

    private final TokenRules rules;
    private final boolean access;

    /// For access tokens.
    public TokenVerifier(TokenRules rules) {
        this(rules, true);
    }

    private TokenVerifier(TokenRules rules, boolean access) {
        this.rules = rules;
        this.access = access;
    }

    /// For tokens of another kind, which the caller tells by what they say.
    public static TokenVerifier ofOthers(TokenRules rules) {
        return new TokenVerifier(rules, false);
    }

    /// @param keys those at hand; null when there are none yet
    public TokenVerdict verify(SignedToken token, @Nullable KeySet keys, Instant now) {
        String name = token.algorithm();
        SigningAlgorithm algorithm = name == null ? null : SigningAlgorithm.called(name);
        if (algorithm == null || !rules.algorithms().contains(algorithm)) {
            return new TokenVerdict.Foreign(new TokenFault(Kind.ALGORITHM, "alg " + quoted(name) + " is not allowed"));
        }
        TokenClaims claims = new TokenClaims(token.claims());
        if (rules.issuer() != null && !rules.issuer().equals(claims.text("iss"))) {
            return new TokenVerdict.Foreign(
                    new TokenFault(Kind.ISSUER, "iss " + quoted(claims.text("iss")) + " is not " + rules.issuer()));
        }
        TokenFault kind = kind(token.type(), claims);
        if (kind != null) {
            return new TokenVerdict.Bad(kind);
        }
        String id = token.keyId();
        List<VerificationKey> candidates = keys == null ? List.of() : keys.candidates(id, algorithm);
        if (candidates.isEmpty()) {
            return new TokenVerdict.UnknownKey(
                    new TokenFault(Kind.KEY, "kid " + quoted(id) + " is no key for " + algorithm.label()));
        }
        if (!isSigned(token, algorithm, candidates)) {
            return new TokenVerdict.Bad(new TokenFault(Kind.SIGNATURE, "the signature is wrong"));
        }
        TokenFault fault = claims.fault(rules, now);
        return fault == null ? new TokenVerdict.Good(claims) : new TokenVerdict.Bad(fault);
    }

    private static boolean isSigned(SignedToken token, SigningAlgorithm algorithm, List<VerificationKey> candidates) {
        byte[] signature = token.signature();
        if (signature == null) {
            return false;
        }
        byte[] signed = token.signed();
        for (VerificationKey key : candidates) {
            if (key.verifies(algorithm, signed, signature)) {
                return true;
            }
        }
        return false;
    }

    /// RFC 8725 §3.11: what was issued for something else is no access token.
    private @Nullable TokenFault kind(@Nullable String type, TokenClaims claims) {
        String called = type == null ? null : type.toLowerCase(Locale.ROOT);
        if (called != null && called.startsWith("application/")) {
            called = called.substring("application/".length());
        }
        if (!rules.types().isEmpty()) {
            return called != null && rules.types().contains(called)
                    ? null
                    : new TokenFault(Kind.TYPE, "typ " + quoted(type) + " is not one of " + rules.types());
        }
        if (!access) {
            return null;
        }
        if (called != null && !USUAL_TYPES.contains(called)) {
            return new TokenFault(Kind.TYPE, "typ " + quoted(type) + " is not that of an access token");
        }
        for (String claim : OF_ID_TOKENS) {
            if (claims.all().containsKey(claim)) {
                return new TokenFault(Kind.TYPE, "it is an ID token: it has " + claim);
            }
        }
        for (Map.Entry<String, Set<String>> other : OTHER_USES.entrySet()) {
            String use = claims.text(other.getKey());
            if (use != null && other.getValue().contains(use.toLowerCase(Locale.ROOT))) {
                return new TokenFault(Kind.TYPE, "it is no access token: " + other.getKey() + " is " + use);
            }
        }
        return null;
    }

    /// What anybody may have made up, short and of plain characters.
    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "(none)";
        }
        StringBuilder plain = new StringBuilder("'");
        for (int i = 0; i < Math.min(text.length(), LONGEST_QUOTE); i++) {
            char c = text.charAt(i);
            plain.append(c < 0x20 || c > 0x7e ? '?' : c);
        }
        return plain.append(text.length() > LONGEST_QUOTE ? "…'" : "'").toString();
    }
}
