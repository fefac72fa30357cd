package dev.gatehouse.policy.auth.bearer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is wrong with a token.
///
/// @param kind what its client is told
/// @param why what operators are told: no part of the token but what its issuer signed
/// @param expired since when it is void; null unless [Kind#EXPIRED]
public record TokenFault(Kind kind, String why, @Nullable Instant expired) {
    /// What clients are told, in the words of `error_description`.
    public enum Kind {
        MALFORMED("malformed", "It is not a token as it is understood here."),
        ALGORITHM("algorithm", "It is signed in a way that is not taken here."),
        KEY("unknown key", "The key it is signed with is not known here."),
        SIGNATURE("signature", "Its signature is wrong."),
        TYPE("type", "It is another kind of token than is needed here."),
        EXPIRED("expired", ""),
        NOT_YET("not valid yet", "It is not valid yet."),
        ISSUER("issuer", "It is from somebody who is not trusted here."),
        AUDIENCE("audience", "It is meant for somebody else."),
        CLAIMS("claims", "It does not say all that is needed here, or not in the right form."),
        INACTIVE("inactive", "It is not known to its issuer, or void."),
        REVOKED("revoked", "It was revoked.");

        private final String description;
        private final String sentence;

        Kind(String description, String sentence) {
            this.description = description;
            this.sentence = sentence;
        }

        /// For `error_description` (RFC 6750 §3).
        String description() {
            return description;
        }

        String sentence() {
            return sentence;
        }
    }

    public TokenFault(Kind kind, String why) {
        this(kind, why, null);
    }

    public static TokenFault expired(Instant at) {
        return new TokenFault(Kind.EXPIRED, "exp was " + at, at);
    }
}
