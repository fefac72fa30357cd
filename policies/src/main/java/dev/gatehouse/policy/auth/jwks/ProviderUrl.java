package dev.gatehouse.policy.auth.jwks;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// A URL of an identity provider, as the user writes it. `http://` is for providers beside the gateway: whoever can
/// change the answer can make tokens.
///
/// @param uri absolute, with a host, without user and fragment
public record ProviderUrl(URI uri) {
    /// @throws IllegalArgumentException with a sentence for the user
    public static ProviderUrl of(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no URL", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected: a URL like https://id.example.com/jwks.json)");
        }
        if (uri.getUserInfo() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("a URL of a provider has neither a user nor a fragment");
        }
        return new ProviderUrl(uri);
    }

    /// Whether nobody on the way can change what is fetched: HTTPS, or this machine.
    public boolean isProtected() {
        return isHttps() || isLoopback(uri.getHost());
    }

    public boolean isHttps() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /// By the name alone: nothing is looked up.
    private static boolean isLoopback(String host) {
        try {
            return host.equalsIgnoreCase("localhost")
                    || InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false; // a name
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
