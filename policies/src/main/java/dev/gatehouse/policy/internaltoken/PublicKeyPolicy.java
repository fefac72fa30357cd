package dev.gatehouse.policy.internaltoken;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Policy;

/// Answers with the public key, for services that verify internal tokens.
final class PublicKeyPolicy implements Policy {
    private final String jwks;

    /// @param jwks JSON (RFC 7517 §5)
    PublicKeyPolicy(String jwks) {
        this.jwks = jwks;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        return new Decision.Respond(Response.of(200, Body.of(jwks))
                .set(HeaderName.CONTENT_TYPE, "application/jwk-set+json")
                .set(HeaderName.CACHE_CONTROL, "public, max-age=300"));
    }
}
