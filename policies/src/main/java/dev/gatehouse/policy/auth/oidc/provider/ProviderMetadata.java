package dev.gatehouse.policy.auth.oidc.provider;

import dev.gatehouse.policy.auth.jwks.IssuerMetadata;
import java.net.URI;
import java.util.List;
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
        IssuerMetadata metadata = IssuerMetadata.read(json, issuer, secure);
        return new ProviderMetadata(
                issuer,
                metadata.needed("authorization_endpoint"),
                metadata.needed("token_endpoint"),
                metadata.needed("jwks_uri"),
                metadata.url("userinfo_endpoint"),
                metadata.url("end_session_endpoint"),
                Boolean.TRUE.equals(metadata.get("authorization_response_iss_parameter_supported")),
                !(metadata.get("token_endpoint_auth_methods_supported") instanceof List<?> methods)
                        || methods.contains("client_secret_basic"));
    }
}
