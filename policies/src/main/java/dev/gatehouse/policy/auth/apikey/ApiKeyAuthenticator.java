package dev.gatehouse.policy.auth.apikey;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.Consumers.KeyOwner;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.api.identity.CredentialPlace;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.auth.place.Place;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Finds a key and asks whose it is. One that is unknown, expired or revoked is refused with the same words: the
/// decision trace tells them apart, the client is not told.
final class ApiKeyAuthenticator implements Authenticator {
    private final String name;
    private final KeyPlace words;
    private final Place place;
    private final boolean keep;
    private final Consumers consumers;
    private final Authentication refused;

    /// @param name under `security.authentication`
    /// @param keep whether the service is sent the key
    ApiKeyAuthenticator(String name, KeyPlace words, boolean keep, Consumers consumers) {
        this.name = name;
        this.words = words;
        this.place = words.place();
        this.keep = keep;
        this.consumers = consumers;
        this.refused = new Authentication.Refused(
                new Failure(FailureKind.API_KEY_INVALID, "Send your key " + words.phrase() + "."));
    }

    @Override
    public Authentication authenticate(Exchange exchange) {
        Text key = place.find(exchange);
        if (key == null) {
            return Authentication.ABSENT;
        }
        if (!keep) {
            place.remove(exchange);
        }
        if (key.isEmpty()) {
            exchange.note("no key, or several");
            return refused;
        }
        CompletableFuture<KeyOwner> owner = exchange.onLoop(consumers.owner(exchange, key));
        return owner.state() == CompletableFuture.State.SUCCESS
                ? judged(exchange, owner.resultNow())
                : new Authentication.Awaited(owner.thenApply(found -> judged(exchange, found)));
    }

    private Authentication judged(Exchange exchange, KeyOwner owner) {
        return switch (owner) {
            case KeyOwner.Known known -> new Authentication.Identified(Identity.of(name, known.consumer(), known.id()));
            case KeyOwner.Lapsed(String id, String why) -> {
                if (exchange.isRecorded()) {
                    exchange.note("key " + id + " " + why);
                }
                yield refused;
            }
            case KeyOwner.Unknown _ -> {
                exchange.note("no such key");
                yield refused;
            }
        };
    }

    @Override
    public @Nullable String challenge(Exchange exchange) {
        return words.challenge();
    }

    @Override
    public List<CredentialCarrier> carriers(Exchange exchange) {
        return place.carriers(exchange);
    }

    @Override
    public CredentialPlace place() {
        return place.described(CredentialPlace.Form.KEY);
    }
}
