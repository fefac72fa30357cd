package dev.gatehouse.policy.auth.oauth2;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.api.identity.CredentialPlace;
import dev.gatehouse.policy.auth.bearer.Refusals;
import dev.gatehouse.policy.auth.place.Place;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/// Identifies clients by a bearer token of an authorization server, and asks it for scopes.
final class OAuth2Authenticator implements Authenticator {
    private final Place place;
    private final boolean keep;
    private final Set<String> scopes;
    private final String challenge;
    private final BiFunction<Exchange, Text, Authentication> judge;

    /// @param scopes a token must have
    /// @param judge says who a token speaks of
    OAuth2Authenticator(
            Place place, boolean keep, List<String> scopes, BiFunction<Exchange, Text, Authentication> judge) {
        this.place = place;
        this.keep = keep;
        this.scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
        this.challenge = scopes.isEmpty() ? "Bearer" : "Bearer scope=\"" + String.join(" ", scopes) + "\"";
        this.judge = judge;
    }

    @Override
    public Authentication authenticate(Exchange exchange) {
        Text token = place.find(exchange);
        if (token == null) {
            return Authentication.ABSENT;
        }
        Authentication said = judge.apply(exchange, token);
        if (!keep && !(said instanceof Authentication.Foreign)) {
            // At once: what is waited for may not touch the exchange, and a refused request goes nowhere.
            place.remove(exchange);
        }
        return said instanceof Authentication.Awaited(var stage)
                ? new Authentication.Awaited(stage.thenApply(this::allowed))
                : allowed(said);
    }

    private Authentication allowed(Authentication said) {
        return said instanceof Authentication.Identified(var identity)
                        && !identity.scopes().containsAll(scopes)
                ? Refusals.insufficientScope(scopes)
                : said;
    }

    @Override
    public String challenge(Exchange exchange) {
        return challenge;
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
