package dev.gatehouse.policy.auth.jwks;

import java.net.URI;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// What an issuer publishes of itself (OpenID Connect Discovery 1.0 §3, RFC 8414 §2), once it is known to be its own.
public final class IssuerMetadata {
    private final Map<String, Object> document;
    private final boolean secure;

    private IssuerMetadata(Map<String, Object> document, boolean secure) {
        this.document = document;
        this.secure = secure;
    }

    /// @param issuer as the document has to say, to the letter
    /// @param secure whether everything it names has to be HTTPS, as it came over HTTPS itself
    /// @throws IllegalArgumentException when it is none, or another's; with a sentence that begins with a verb
    public static IssuerMetadata read(String json, String issuer, boolean secure) {
        Map<String, Object> document;
        try {
            document = JsonUtil.parseJson(json);
        } catch (JoseException e) {
            throw new IllegalArgumentException("is not the JSON of a discovery document", e);
        }
        if (!issuer.equals(document.get("issuer"))) {
            throw new IllegalArgumentException("is that of another issuer than " + issuer
                    + " (write 'issuer' when discovery_url is not below it)");
        }
        return new IssuerMetadata(document, secure);
    }

    /// A value as it stands there; null when it does not.
    public @Nullable Object get(String name) {
        return document.get(name);
    }

    /// A URL that has to be there.
    ///
    /// @throws IllegalArgumentException as [#url], and when it is not there
    public URI needed(String name) {
        URI found = url(name);
        if (found == null) {
            throw new IllegalArgumentException("has no " + name);
        }
        return found;
    }

    /// A URL that may be there; null when it is not.
    ///
    /// @throws IllegalArgumentException when it is none, or not HTTPS where it has to be
    public @Nullable URI url(String name) {
        if (!(document.get(name) instanceof String text)) {
            return null;
        }
        URI url;
        try {
            url = ProviderUrl.of(text).uri();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a " + name + " that is no URL", e);
        }
        if (secure && !"https".equalsIgnoreCase(url.getScheme())) {
            throw new IllegalArgumentException("has a " + name + " that is not https://");
        }
        return url;
    }
}
