package dev.gatehouse.policy.auth.hmac;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Identifies programs by the signature of their requests. Each signature is good once.
final class HmacAuthenticator implements Authenticator {
    private static final List<CredentialCarrier> CARRIERS = List.of(
            new CredentialCarrier.Header(SignedRequest.SIGNATURE),
            new CredentialCarrier.Header(SignedRequest.SIGNATURE_INPUT));
    private static final HeaderName CONTENT_DIGEST = HeaderName.of("Content-Digest");
    private static final String ALGORITHM = "hmac-sha256";

    private final Map<String, SigningKey> keys = new HashMap<>();
    private final Required required;
    private final long skewSeconds;
    private final boolean signBody;
    private final int maxBody;
    private final @Nullable String tag;
    private final boolean keep;
    private final String seen;
    private final StateRef<Store> store;
    private final Consumers consumers;
    private final TimeSource time;

    HmacAuthenticator(HmacConfig config, AuthenticatorContext context) {
        config.keys().forEach((id, key) -> {
            Identity identity =
                    new Identity(context.name(), key.user(), null, id, Set.copyOf(key.roles()), Set.of(), Map.of());
            keys.put(id, new SigningKey(key.octets(), identity, key.consumer()));
        });
        this.required = new Required(config.required());
        this.skewSeconds = config.maxSkew().toSeconds();
        this.signBody = config.signBody();
        this.maxBody = Math.toIntExact(config.maxBody());
        this.tag = config.tag();
        this.keep = config.keep();
        this.seen = "hmac/" + context.name() + "/";
        this.store = context.store(config.store());
        this.consumers = context.consumers();
        this.time = context.time();
    }

    @Override
    public Authentication authenticate(Exchange exchange) {
        RequestHead request = exchange.request();
        if (!SignedRequest.isShown(request)) {
            return Authentication.ABSENT;
        }
        try {
            SignedRequest signed = SignedRequest.find(request, keys, tag);
            if (signed == null) {
                return new Authentication.Foreign(
                        refused("The key it is signed with is not known here.", "no signature of a known key"));
            }
            Set<String> covered = signed.input().covered();
            Authentication.Refused refusal = refusal(request, signed, covered);
            if (refusal != null) {
                return refusal;
            }
            BodyDigest digest =
                    covered.contains("content-digest") ? BodyDigest.of(request.headers(CONTENT_DIGEST)) : null;
            if (digest == null && signBody && request.bodyLength() != 0) {
                return refused("It has to cover content-digest.", "there is a body, and content-digest is not covered");
            }
            if (!keep) {
                CARRIERS.forEach(carrier -> carrier.removeFrom(exchange));
            }
            return new Authentication.Awaited(exchange.onLoop(once(exchange, signed))
                    .thenCompose(first -> first
                            ? body(exchange, signed, digest)
                            : CompletableFuture.completedStage(
                                    refused("It was used before.", "the signature was seen before"))));
        } catch (IllegalArgumentException e) {
            return refused("It cannot be read.", String.valueOf(e.getMessage()));
        }
    }

    /// What is wrong with what the signature says and is; null when nothing is.
    ///
    /// @throws IllegalArgumentException when it covers what cannot be
    private Authentication.@Nullable Refused refusal(RequestHead request, SignedRequest signed, Set<String> covered) {
        SignatureInput input = signed.input();
        if (input.has("alg") && !ALGORITHM.equals(input.text("alg"))) {
            return refused("It is made in a way that is not taken here.", "alg is not " + ALGORITHM);
        }
        String missing = required.missing(covered);
        if (missing != null) {
            return refused("It has to cover " + missing + ".", missing + " is not covered");
        }
        if (!signed.key().made(signed.signature(), SignatureBase.of(request, input))) {
            return refused("It does not fit the request.", "the signature is wrong");
        }
        return stale(input);
    }

    /// Looked at once it is known to be the key's: to others nothing is told about our clock.
    private Authentication.@Nullable Refused stale(SignatureInput input) {
        long now = time.now().getEpochSecond();
        Long created = input.whole("created");
        if (created == null || (input.has("expires") && input.whole("expires") == null)) {
            return refused("It has to say when it was created.", "created, or expires, is no time");
        }
        if (Math.abs(now - created) > skewSeconds) {
            return refused("It was created too long ago, or is not yet.", "created is " + (now - created) + " s ago");
        }
        Long expires = input.whole("expires");
        return expires != null && expires < now
                ? refused("It has expired.", "expired " + (now - expires) + " s ago")
                : null;
    }

    /// Whether it is seen for the first time, on any of the gateways that share the store. Remembered for as long
    /// as it would be fresh: from a client whose clock is ahead, that is the window twice.
    private CompletionStage<Boolean> once(Exchange exchange, SignedRequest signed) {
        String name = seen + Base64.getUrlEncoder().withoutPadding().encodeToString(signed.signature());
        return exchange.state(store).putIfAbsent(name, new byte[] {1}, Duration.ofSeconds(2 * skewSeconds + 1));
    }

    private CompletionStage<Authentication> body(Exchange exchange, SignedRequest signed, @Nullable BodyDigest digest) {
        if (digest == null) {
            return CompletableFuture.completedStage(identified(signed));
        }
        return exchange.requestBody()
                .collect(maxBody)
                .thenApply(body -> digest.fits(body)
                        ? identified(signed)
                        : refused("The body is not the one that was signed.", "content-digest does not fit the body"));
    }

    private Authentication identified(SignedRequest signed) {
        SigningKey key = signed.key();
        Consumer consumer = key.consumer() == null ? null : consumers.consumer(key.consumer());
        return new Authentication.Identified(
                consumer == null ? key.identity() : key.identity().as(consumer));
    }

    /// @param sentence for the client
    /// @param why for operators
    private static Authentication.Refused refused(String sentence, String why) {
        return new Authentication.Refused(new Failure(
                FailureKind.INVALID_TOKEN,
                "The signature of the request is not valid. " + sentence,
                Map.of(Failure.CAUSE, why)));
    }

    /// RFC 9421 has no scheme for this; it is what those before it were called.
    @Override
    public List<CredentialCarrier> carriers(Exchange exchange) {
        return CARRIERS;
    }

    @Override
    public String challenge(Exchange exchange) {
        return "Signature";
    }
}
