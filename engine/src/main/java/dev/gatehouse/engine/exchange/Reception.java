package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Response;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.RedirectConfig;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.redirect.RedirectTarget;
import dev.gatehouse.engine.tls.ClientBoundaries;
import dev.gatehouse.engine.tls.acme.Challenges;
import dev.gatehouse.http1.ParsedRequest;
import org.jspecify.annotations.Nullable;

/// What a listener says to a request before any route is asked: what is not for it, what is too large, what the
/// gateway answers about itself, and whether everybody is sent elsewhere. Immutable; one for each [ExchangePool].
final class Reception {
    private final ClientBoundaries boundaries;
    private final long bodyLimit;
    private final Challenges challenges;
    private final @Nullable Readiness health;
    private final @Nullable Target grpcHealth;
    private final @Nullable Target redirect;

    Reception(ListenerConfig listener, SharedParts shared) {
        this.boundaries = ClientBoundaries.of(listener.tls());
        long body = listener.limits().body();
        this.bodyLimit = body == 0 ? Long.MAX_VALUE : body;
        this.challenges = shared.challenges();
        this.health = listener.health() ? shared.readiness() : null;
        this.grpcHealth = health == null ? null : new GrpcHealth(health);
        ListenerConfig.RedirectTo scheme = listener.redirectTo();
        this.redirect = scheme == null ? null : redirect(scheme, listener.redirectPort());
    }

    private static Target redirect(ListenerConfig.RedirectTo scheme, int port) {
        return switch (scheme) {
            case HTTPS -> RedirectTarget.of(RedirectConfig.toHttps(port));
        };
    }

    /// @return [Decision#CONTINUE] when it has nothing to say itself; never [Decision.Await]
    Decision decide(ParsedRequest request, Peer from) {
        if (isMisdirected(request, from)) {
            return new Decision.Reject(Faults.misdirected());
        }
        if (request.contentLength() > bodyLimit) {
            return new Decision.Reject(Faults.bodyTooLarge(bodyLimit));
        }
        Response own = health == null ? null : HealthAnswers.to(request, health);
        if (own == null) {
            own = ChallengeAnswers.to(request, challenges);
        }
        return own == null ? Decision.CONTINUE : new Decision.Respond(own);
    }

    /// Who answers in the place of the routes; null when the routes are asked.
    @Nullable
    Target target(ParsedRequest request) {
        return grpcHealth != null && GrpcHealth.isAsked(request) ? grpcHealth : redirect;
    }

    /// Whether the connection was made to a host that asks for other certificates than the request's.
    private boolean isMisdirected(ParsedRequest request, Peer from) {
        TlsFacts tls = from.tls();
        return tls != null
                && boundaries.separate(tls.serverName(), request.bytes(), request.hostStart(), request.hostEnd());
    }

    /// How many octets of a body come in here at most; [Long#MAX_VALUE] when there is no limit.
    long bodyLimit() {
        return bodyLimit;
    }

    /// Whether services are told which certificate the client has shown (RFC 9440).
    boolean forwardsCertificate(Peer from) {
        TlsFacts tls = from.tls();
        return tls != null && boundaries.at(tls.serverName()).forwards();
    }
}
