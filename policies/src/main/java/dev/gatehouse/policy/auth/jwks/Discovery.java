package dev.gatehouse.policy.auth.jwks;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an issuer publishes what it is (OpenID Connect Discovery 1.0 §4, RFC 8414 §3).
///
/// @param issuer as the document has to say, to the letter
/// @param locations of the document; the next one is tried where there is nothing (404)
public record Discovery(String issuer, List<URI> locations) {
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    public Discovery {
        locations = List.copyOf(locations);
    }

    /// By what the user wrote, at least one of the two.
    ///
    /// @throws IllegalArgumentException when it leads nowhere, or the way there is not protected; with the
    ///     key first
    public static Discovery of(@Nullable ProviderUrl url, @Nullable String issuer) {
        if (url == null) {
            return byIssuer(issuer == null ? "" : issuer);
        }
        String whose = issuer == null ? issuerOf(url) : issuer;
        if (whose == null) {
            throw new IllegalArgumentException(
                    "discovery_url: ends in " + OPENID + ", unless 'issuer' says who issues the tokens");
        }
        return new Discovery(whose, List.of(checked("discovery_url", url)));
    }

    /// RFC 8414 §5: what is asked for OpenID Connect comes behind a path, what is asked for OAuth before it.
    private static Discovery byIssuer(String issuer) {
        ProviderUrl url;
        try {
            url = ProviderUrl.of(issuer);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "issuer: keys are found by it only where it is a URL like https://id.example.com", e);
        }
        URI uri = checked("issuer", url);
        if (uri.getRawQuery() != null) {
            throw new IllegalArgumentException("issuer: has no query (RFC 8414 §2)");
        }
        String path = uri.getRawPath().endsWith("/")
                ? uri.getRawPath().substring(0, uri.getRawPath().length() - 1)
                : uri.getRawPath();
        String host = uri.getScheme() + "://" + uri.getRawAuthority();
        return new Discovery(issuer, List.of(URI.create(host + path + OPENID), URI.create(host + OAUTH + path)));
    }

    private static URI checked(String key, ProviderUrl url) {
        if (!url.isProtected()) {
            throw new IllegalArgumentException(key + ": keys are found over https://, or on this machine (write"
                    + " 'jwks_url' for a provider beside the gateway)");
        }
        return url.uri();
    }

    /// Who publishes under a URL, by its form; null when that does not say it.
    public static @Nullable String issuerOf(ProviderUrl url) {
        String text = url.toString();
        if (text.endsWith(OPENID)) {
            return text.substring(0, text.length() - OPENID.length());
        }
        int before = text.indexOf(OAUTH);
        String path = before < 0 ? "" : text.substring(before + OAUTH.length());
        return before < 0 || !(path.isEmpty() || path.startsWith("/")) ? null : text.substring(0, before) + path;
    }

    /// Whether the document comes over HTTPS.
    boolean isSecure() {
        return locations.stream().allMatch(location -> "https".equalsIgnoreCase(location.getScheme()));
    }
}
