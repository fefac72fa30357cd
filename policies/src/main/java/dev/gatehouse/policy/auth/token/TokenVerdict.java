package dev.gatehouse.policy.auth.token;

import dev.gatehouse.policy.auth.bearer.TokenFault;

/// What a [TokenVerifier] says.
public sealed interface TokenVerdict {
    record Good(TokenClaims claims) implements TokenVerdict {}

    record Bad(TokenFault fault) implements TokenVerdict {}

    /// Another issuer's, or of another kind: not for this verifier to judge.
    record Foreign(TokenFault fault) implements TokenVerdict {}

    /// It is signed with a key that is not among those given. Others may know it.
    record UnknownKey(TokenFault fault) implements TokenVerdict {}
}
