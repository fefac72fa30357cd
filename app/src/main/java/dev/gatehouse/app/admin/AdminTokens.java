package dev.gatehouse.app.admin;

import dev.gatehouse.engine.config.AdminTokenConfig;
import dev.gatehouse.engine.config.Moment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whom the admin API knows: the holder of the one token that opens everything, and those of named tokens that open
/// some of it. For all threads.
public final class AdminTokens {
    /// Nobody: on loopback everybody is let in.
    public static final AdminTokens NONE = of(null);

    private final @Nullable AdminToken all;
    private final Supplier<Map<String, AdminTokenConfig>> named;
    private final InstantSource clock;

    /// Whose a token is.
    sealed interface Holder {
        record Known(AdminCaller caller) implements Holder {}

        /// @param name as the file calls it
        /// @param expired when that was
        record Lapsed(String name, Instant expired) implements Holder {}

        record Unknown() implements Holder {}
    }

    private AdminTokens(@Nullable AdminToken all, Supplier<Map<String, AdminTokenConfig>> named, InstantSource clock) {
        this.all = all;
        this.named = named;
        this.clock = clock;
    }

    /// @param all opens everything; null for none
    public static AdminTokens of(@Nullable AdminToken all) {
        return new AdminTokens(all, Map::of, InstantSource.system());
    }

    /// @param all opens everything; null for none
    /// @param named asked for each request, so that a token holds, or does not, with the reload that says so
    public static AdminTokens of(
            @Nullable AdminToken all, Supplier<Map<String, AdminTokenConfig>> named, InstantSource clock) {
        return new AdminTokens(all, named, clock);
    }

    /// Whether nobody has one, so that none can be asked for.
    boolean areNone() {
        return all == null && named.get().isEmpty();
    }

    /// Takes as long for an almost right token as for a wrong one, and looks at all of them in any case.
    Holder holder(String presented) {
        Holder found = new Holder.Unknown();
        if (all != null && all.is(presented)) {
            found = new Holder.Known(AdminCaller.THE_TOKEN);
        }
        byte[] hash = sha256(presented);
        for (Map.Entry<String, AdminTokenConfig> one : named.get().entrySet()) {
            if (MessageDigest.isEqual(HexFormat.of().parseHex(one.getValue().sha256()), hash)) {
                found = holder(one.getKey(), one.getValue());
            }
        }
        return found;
    }

    private Holder holder(String name, AdminTokenConfig token) {
        Moment expires = token.expires();
        return expires == null || clock.instant().isBefore(expires.instant())
                ? new Holder.Known(new AdminCaller(name, Set.copyOf(token.scopes())))
                : new Holder.Lapsed(name, expires.instant());
    }

    /// What the file has of a token. Enough without salt: nobody goes through 2^128 texts.
    static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
