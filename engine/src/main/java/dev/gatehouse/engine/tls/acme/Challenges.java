package dev.gatehouse.engine.tls.acme;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What issuers may ask the gateway for at the moment, to see that a host is its own. Empty but for the seconds in
/// which an order is open. Asked on every loop, filled by whoever orders: each change makes a new map, and none is
/// null, so that a request pays for one look at a field.
public final class Challenges {
    /// Where a token is asked for (RFC 8555 §8.3).
    public static final String PATH = "/.well-known/acme-challenge/";

    /// What is spoken in a handshake that only looks at the certificate (RFC 8737 §4).
    public static final String ALPN = "acme-tls/1";

    private volatile @Nullable Map<String, String> tokens;
    private volatile @Nullable Map<String, IssuedCertificate> hosts;

    /// An answer that is given until it is closed.
    public interface Open extends AutoCloseable {
        @Override
        void close();
    }

    /// Whether a request may be for a token at all.
    public boolean expectsRequest() {
        return tokens != null;
    }

    /// What a request for this path is answered with; null when no open order is about it.
    public @Nullable String answer(String path) {
        Map<String, String> known = tokens;
        return known == null || !path.startsWith(PATH) ? null : known.get(path.substring(PATH.length()));
    }

    /// What a handshake for [#ALPN] is shown; null when no open order is about this host.
    ///
    /// @param host as the issuer names it (SNI), in any case
    public @Nullable IssuedCertificate certificate(String host) {
        Map<String, IssuedCertificate> known = hosts;
        return known == null ? null : known.get(host.toLowerCase(Locale.ROOT));
    }

    /// HTTP-01: from now on requests for the token are answered with this.
    public synchronized Open answerRequests(String token, String keyAuthorization) {
        tokens = with(tokens, token, keyAuthorization);
        return () -> {
            synchronized (this) {
                tokens = without(tokens, token);
            }
        };
    }

    /// TLS-ALPN-01: from now on handshakes for the host are shown this.
    public synchronized Open answerHandshakes(String host, IssuedCertificate proof) {
        String name = host.toLowerCase(Locale.ROOT);
        hosts = with(hosts, name, proof);
        return () -> {
            synchronized (this) {
                hosts = without(hosts, name);
            }
        };
    }

    private static <V> Map<String, V> with(@Nullable Map<String, V> before, String key, V value) {
        Map<String, V> next = before == null ? new HashMap<>() : new HashMap<>(before);
        next.put(key, value);
        return Map.copyOf(next);
    }

    private static <V> @Nullable Map<String, V> without(@Nullable Map<String, V> before, String key) {
        Map<String, V> next = before == null ? new HashMap<>() : new HashMap<>(before);
        next.remove(key);
        return next.isEmpty() ? null : Map.copyOf(next);
    }
}
