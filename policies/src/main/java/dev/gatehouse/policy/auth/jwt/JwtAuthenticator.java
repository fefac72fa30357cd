package dev.gatehouse.policy.auth.jwt;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.api.identity.CredentialPlace;
import dev.gatehouse.policy.auth.place.Place;
import dev.gatehouse.policy.auth.token.SignedTokens;
import java.util.List;

/// Identifies clients by a signed bearer token.
final class JwtAuthenticator implements Authenticator {
    private static final String CHALLENGE = "Bearer";

    private final Place place;
    private final boolean keep;
    private final SignedTokens tokens;

    JwtAuthenticator(Place place, boolean keep, SignedTokens tokens) {
        this.place = place;
        this.keep = keep;
        this.tokens = tokens;
    }

    @Override
    public Authentication authenticate(Exchange exchange) {
        Text token = place.find(exchange);
        if (token == null) {
            return Authentication.ABSENT;
        }
        Authentication said = tokens.judge(exchange, token);
        if (!keep && !(said instanceof Authentication.Foreign)) {
            // At once: what is waited for may not touch the exchange, and a refused request goes nowhere.
            place.remove(exchange);
        }
        return said;
    }

    @Override
    public String challenge(Exchange exchange) {
        return CHALLENGE;
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
