package dev.gatehouse.engine.config;

import java.net.URI;
import java.net.URISyntaxException;

/// Where a service is reached: host and port of an `http://` or `https://` URL.
///
/// @param tls whether it is `https`
/// @param host a name or an address; an IPv6 address without brackets
/// @param port 1 to 65535
public record ServiceAddress(boolean tls, String host, int port) {
    public ServiceAddress {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a service needs a host");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
    }

    /// One without TLS.
    public ServiceAddress(String host, int port) {
        this(false, host, port);
    }

    /// @throws IllegalArgumentException with a sentence for the user when `text` is not such a URL
    public static ServiceAddress of(String text) {
        String url = text.contains("://") ? text : "http://" + text;
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is not a URL: " + e.getReason(), e);
        }
        String scheme = uri.getScheme();
        boolean tls = scheme.equalsIgnoreCase("https");
        if (!tls && !scheme.equalsIgnoreCase("http")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a URL of HTTP: it begins with http:// or https://");
        }
        String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException("'" + text + "' has no host; a target looks like http://localhost:3000");
        }
        boolean more = (uri.getRawPath() != null
                        && !uri.getRawPath().isEmpty()
                        && !uri.getRawPath().equals("/"))
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null;
        if (more) {
            throw new IllegalArgumentException(
                    "'" + text + "': a target is host and port only; a path would change what clients asked for");
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new ServiceAddress(tls, bare, uri.getPort() < 0 ? defaultPort(tls) : uri.getPort());
    }

    private static int defaultPort(boolean tls) {
        return tls ? 443 : 80;
    }

    /// Host and port as a Host field carries them.
    public String authority() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == defaultPort(tls) ? shown : shown + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority();
    }
}
