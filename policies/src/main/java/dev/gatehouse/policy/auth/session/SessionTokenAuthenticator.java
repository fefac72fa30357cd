package dev.gatehouse.policy.auth.session;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.api.identity.CredentialPlace;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.place.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Identifies clients by a token that means nothing in itself: the store knows whose it is. Used by all loops.
final class SessionTokenAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTokenAuthenticator.class);

    /// Characters; 16 of base64 hold 96 bits, and less is nothing to look up.
    private static final int SHORTEST = 16;

    private static final int LONGEST = 512;
    private static final int NAME_LENGTH = 12;

    private final String name;
    private final SessionTokenConfig config;
    private final Place place;
    private final StateRef<Store> store;
    private final Consumers consumers;
    private final TimeSource time;

    SessionTokenAuthenticator(SessionTokenConfig config, AuthenticatorContext context) {
        this.name = context.name();
        this.config = config;
        this.place = config.in().place();
        this.store = context.store(config.store());
        this.consumers = context.consumers();
        this.time = context.time();
    }

    @Override
    public Authentication authenticate(Exchange exchange) {
        Text shown = place.find(exchange);
        if (shown == null) {
            return Authentication.ABSENT;
        }
        String token = shown.toString();
        if (!config.keep()) {
            place.remove(exchange); // at once: what is waited for may not touch the exchange
        }
        if (!isToken(token)) {
            return refused();
        }
        if (config.in().cookie() != null) {
            exchange.set(Identity.AMBIENT, true);
        }
        Store where = exchange.state(store);
        String hash = hash(token);
        String key = config.prefix() + (config.hash() == SessionTokenConfig.Hash.NONE ? token : hash);
        CompletableFuture<Authentication> said = where.get(key)
                .thenCompose(value -> judged(where, key, value, hash))
                .toCompletableFuture();
        return said.state() == CompletableFuture.State.SUCCESS ? said.resultNow() : new Authentication.Awaited(said);
    }

    private static boolean isToken(String token) {
        return token.length() >= SHORTEST
                && token.length() <= LONGEST
                && token.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '/' && c != '*');
    }

    private CompletableFuture<Authentication> judged(Store where, String key, byte @Nullable [] value, String hash) {
        if (value == null) {
            return CompletableFuture.completedFuture(refused());
        }
        SessionEntry entry;
        try {
            entry = SessionEntry.read(value);
        } catch (IllegalArgumentException e) {
            LOG.warn("{} ({}): nobody is identified by it", e.getMessage(), name);
            return CompletableFuture.completedFuture(refused());
        }
        Instant now = time.now();
        if (entry.expires() != null && !now.isBefore(entry.expires())) {
            return CompletableFuture.completedFuture(refused());
        }
        Authentication identified = new Authentication.Identified(identity(entry, hash));
        Duration lasts = prolonged(entry, now);
        if (lasts == null) {
            return CompletableFuture.completedFuture(identified);
        }
        // Whoever ended it since it was read has ended it: it is not written again.
        return where.prolong(key, lasts)
                .thenApply(there -> there ? identified : refused())
                .toCompletableFuture();
    }

    /// How long it is kept from now on; null when it is not prolonged.
    private @Nullable Duration prolonged(SessionEntry entry, Instant now) {
        Duration extend = config.extend();
        if (extend == null || entry.expires() == null) {
            return extend;
        }
        Duration left = Duration.between(now, entry.expires());
        return left.compareTo(extend) < 0 ? left : extend;
    }

    private Identity identity(SessionEntry entry, String hash) {
        Identity identity = entry.identity(name, hash.substring(0, NAME_LENGTH));
        Consumer known = entry.consumer() == null ? null : consumers.consumer(entry.consumer());
        return known == null ? identity : identity.as(known);
    }

    private static Authentication.Refused refused() {
        return new Authentication.Refused(new Failure(
                FailureKind.INVALID_TOKEN,
                "The session is not known, or over. Log in again.",
                Map.of(Failure.CAUSE, "the store has no such session")));
    }

    private static String hash(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// A cookie cannot be asked for (RFC 9110 §11.6.1).
    @Override
    public @Nullable String challenge(Exchange exchange) {
        return config.in().cookie() == null && config.in().query() == null ? "Bearer" : null;
    }

    @Override
    public List<CredentialCarrier> carriers(Exchange exchange) {
        return place.carriers(exchange);
    }

    @Override
    public CredentialPlace place() {
        return place.described(CredentialPlace.Form.TOKEN);
    }
}
