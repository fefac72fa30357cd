package dev.gatehouse.policy.auth.oidc.provider;

import dev.gatehouse.policy.auth.jwks.ProviderUrl;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// What a provider publishes of itself (OpenID Connect Discovery 1.0 §3), as far as it is needed here.
///
/// @param issuer `iss` of its tokens
/// @param authorization where browsers log in
/// @param token where a code becomes tokens
/// @param keys where its keys are published
/// @param userinfo where it tells more about a user; null when nowhere
/// @param endSession where browsers log out; null when nowhere
/// @param namesItself whether `iss` stands in the address browsers come back with (RFC 9207 §3)
/// @param takesBasic whether clients may say their secret in `Authorization`
public record ProviderMetadata(
        String issuer,
        URI authorization,
        URI token,
        URI keys,
        @Nullable URI userinfo,
        @Nullable URI endSession,
        boolean namesItself,
        boolean takesBasic) {
    /// @param issuer as it has to be
    /// @param secure whether everything it names has to be HTTPS, as it came over HTTPS itself
    /// @throws IllegalArgumentException when it is none, or another's; with a sentence that begins with a verb
    static ProviderMetadata read(String json, String issuer, boolean secure) {
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
        return new ProviderMetadata(
                issuer,
                needed(document, "authorization_endpoint", secure),
                needed(document, "token_endpoint", secure),
                needed(document, "jwks_uri", secure),
                url(document, "userinfo_endpoint", secure),
                url(document, "end_session_endpoint", secure),
                Boolean.TRUE.equals(document.get("authorization_response_iss_parameter_supported")),
                !(document.get("token_endpoint_auth_methods_supported") instanceof List<?> methods)
                        || methods.contains("client_secret_basic"));
    }

    private static URI needed(Map<String, Object> document, String name, boolean secure) {
        URI found = url(document, name, secure);
        if (found == null) {
            throw new IllegalArgumentException("has no " + name);
        }
        return found;
    }

    private static @Nullable URI url(Map<String, Object> document, String name, boolean secure) {
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
