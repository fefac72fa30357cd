package dev.gatehouse.policy.auth.oidc.session;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.policy.auth.cookie.OwnCookie;
import dev.gatehouse.policy.auth.cookie.Seal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// In the browser: the whole session in a sealed cookie, and in more of them when it is larger than browsers
/// take one (RFC 6265 §6.1).
///
/// ```
///   gatehouse-backoffice     3.AbCd…    how many there are, and the first part
///   gatehouse-backoffice.1   EfGh…
///   gatehouse-backoffice.2   IjKl…
/// ```
///
/// @param opened the sessions that need not be opened again
record CookiePlace(OwnCookie cookie, Seal seal, StateRef<OpenedSessions> opened) implements SessionPlace {
    /// Characters of one cookie's value: with name and attributes, browsers take 4096.
    private static final int PART = 3800;

    /// More would leave little of the head of a request to others.
    private static final int MOST_PARTS = 4;

    @Override
    public CompletionStage<@Nullable KnownSession> find(Exchange exchange) {
        String text = shown(exchange);
        return CompletableFuture.completedFuture(text == null ? null : read(exchange.state(opened), text));
    }

    private @Nullable KnownSession read(OpenedSessions memory, String text) {
        String hash = Secrets.hash(text);
        KnownSession known = memory.find(hash, seal);
        if (known != null) {
            return known;
        }
        byte[] sealed = Secrets.octets(text);
        byte[] open = sealed == null ? null : seal.open(sealed, cookie.name());
        Session session = open == null ? null : SessionText.read(open);
        return open == null || session == null ? null : memory.remember(hash, seal, open, session);
    }

    /// All parts together; null when one is missing.
    private @Nullable String shown(Exchange exchange) {
        String first = cookie.value(exchange);
        if (first == null || first.length() < 2 || first.charAt(1) != '.') {
            return null;
        }
        int parts = first.charAt(0) - '0';
        if (parts < 1 || parts > MOST_PARTS) {
            return null;
        }
        StringBuilder text = new StringBuilder(first.substring(2));
        for (int i = 1; i < parts; i++) {
            String part = part(i).value(exchange);
            if (part == null) {
                return null;
            }
            text.append(part);
        }
        return text.toString();
    }

    private OwnCookie part(int index) {
        return cookie.part(Integer.toString(index));
    }

    @Override
    public CompletionStage<List<String>> keep(Exchange exchange, Session session, Duration left) {
        String text = Secrets.text(seal.close(SessionText.write(session), cookie.name()));
        int parts = (text.length() + PART - 1) / PART;
        if (parts > MOST_PARTS) {
            throw new IllegalStateException("a session of " + text.length() + " characters does not go into "
                    + MOST_PARTS + " cookies: write 'session: { in: store }', or have the provider put less into"
                    + " its tokens");
        }
        List<String> given = new ArrayList<>();
        Set<String> before = new LinkedHashSet<>(cookie.shown(exchange));
        for (int i = 0; i < parts; i++) {
            String part = text.substring(i * PART, Math.min(text.length(), (i + 1) * PART));
            OwnCookie one = i == 0 ? cookie : part(i);
            given.add(one.give(exchange, i == 0 ? parts + "." + part : part, left));
            before.remove(one.name(exchange));
        }
        for (int i = parts; i < MOST_PARTS; i++) {
            String stale = part(i).name(exchange);
            if (before.contains(stale)) {
                given.add(OwnCookie.take(exchange, stale));
            }
        }
        return CompletableFuture.completedFuture(given);
    }

    @Override
    public CompletionStage<Void> forget(Exchange exchange, Session session) {
        return CompletableFuture.completedFuture(null); // the list of ended ones makes every copy void
    }
}
