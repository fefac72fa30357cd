package dev.gatehouse.policy.auth.token;

import dev.gatehouse.api.Text;
import org.jspecify.annotations.Nullable;

/// A whole token, to be looked up by. Two are the same when all their octets are.
///
/// The hash is that of the end only: the signature, which is as good as random in every token that was verified,
/// and no others are kept. So nobody can make up many that fall together.
final class TokenKey {
    private static final int HASHED = 32;

    private final Text token;
    private final int hash;

    private TokenKey(Text token) {
        this.token = token;
        int h = token.length();
        for (int i = Math.max(0, token.length() - HASHED); i < token.length(); i++) {
            h = 31 * h + token.charAt(i);
        }
        this.hash = h ^ (h >>> 16);
    }

    /// To look one up: a view of the request.
    static TokenKey view(Text token) {
        return new TokenKey(token);
    }

    /// To keep: a copy.
    static TokenKey copy(Text token) {
        byte[] octets = new byte[token.length()];
        token.copyTo(octets, 0, octets.length);
        return new TokenKey(Text.view(octets, 0, octets.length));
    }

    int length() {
        return token.length();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenKey that && hash == that.hash && token.equals(that.token);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /// Never the token.
    @Override
    public String toString() {
        return "token of " + token.length() + " octets";
    }
}
