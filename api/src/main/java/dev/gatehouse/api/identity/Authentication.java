package dev.gatehouse.api.identity;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.Response;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What an [Authenticator] says of a request.
public sealed interface Authentication {
    /// The request shows no credential of this kind: somebody else may be asked.
    Authentication ABSENT = new Absent();

    /// See [#ABSENT].
    record Absent() implements Authentication {}

    /// The credential is good.
    record Identified(Identity identity) implements Authentication {}

    /// There is a credential, and it is not good: the request is refused, whatever else the route would take.
    ///
    /// @param failure what the client is told: [dev.gatehouse.api.FailureKind#INVALID_TOKEN], `TOKEN_EXPIRED`, …
    /// @param challenge the value of `WWW-Authenticate`; null for the authenticator's own
    record Refused(Failure failure, @Nullable String challenge) implements Authentication {
        public Refused(Failure failure) {
            this(failure, null);
        }
    }

    /// There is a credential of this form, but it is somebody else's to judge: a token of another issuer, or of
    /// another kind. Others of the route are asked; when none of them knows it either, this is the refusal.
    record Foreign(Refused refusal) implements Authentication {}

    /// The request is one of the authentication itself, such as the return from a login page: this is its answer.
    record Answered(Response response) implements Authentication {}

    /// Somebody else has to be asked first. A stage that fails refuses the request: fail closed.
    ///
    /// @param stage completes with anything but another of these, on any thread; what belongs to it touches the
    ///     exchange only behind [Exchange#onLoop]
    record Awaited(CompletionStage<? extends Authentication> stage) implements Authentication {}
}
