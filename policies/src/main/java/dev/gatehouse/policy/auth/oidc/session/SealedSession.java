package dev.gatehouse.policy.auth.oidc.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.policy.auth.cookie.Seal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A session as a store has it: sealed with its own id, which only its browser has. Who reads the store learns
/// nothing, and can be nobody.
public final class SealedSession {
    private SealedSession() {}

    /// @param name of the authentication
    public static byte[] close(Session session, String name) {
        return seal(session.id()).close(SessionText.write(session), name);
    }

    /// Null for what was not sealed with this id, for this authentication.
    public static @Nullable Session open(byte[] sealed, String id, String name) {
        byte[] open = octets(sealed, id, name);
        return open == null ? null : SessionText.read(open);
    }

    static byte @Nullable [] octets(byte[] sealed, String id, String name) {
        return seal(id).open(sealed, name);
    }

    private static Seal seal(String id) {
        return Seal.of("session in a store", List.of(id.getBytes(UTF_8)));
    }
}
