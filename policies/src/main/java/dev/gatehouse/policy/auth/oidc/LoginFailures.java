package dev.gatehouse.policy.auth.oidc;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.NeedsNetworkException;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.policy.auth.oidc.provider.LoginRefused;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people are told when a login, or a logout, cannot be done. Never a code, a token or a state.
final class LoginFailures {
    private static final Logger LOG = LoggerFactory.getLogger(LoginFailures.class);

    private LoginFailures() {}

    /// The request is not one that a login of this browser could have led to.
    static Authentication.Refused notOurs(String why) {
        return refused(
                FailureKind.BAD_REQUEST,
                "This is not the end of a login that was begun in this browser a short time ago. Open the page you"
                        + " wanted again.",
                why);
    }

    /// The provider says no.
    static Authentication.Refused denied(String why) {
        return refused(FailureKind.FORBIDDEN, "The identity provider did not log you in.", why);
    }

    /// Browsers come back with a form, which brings the login's cookie over HTTPS only.
    static Authentication.Refused notOverHttp() {
        return refused(
                FailureKind.FORBIDDEN,
                "People log in over HTTPS only. Open the page you wanted with https://.",
                "response_mode: form_post needs HTTPS; behind a proxy that ends TLS see 'trusted_proxies'");
    }

    /// The provider cannot be asked, or the store cannot: another try may help.
    static Authentication.Refused notNow(String why) {
        return refused(FailureKind.POLICY_UNDECIDED, "Nobody can log in at the moment. Try again in a minute.", why);
    }

    /// What a failure of the provider comes to.
    ///
    /// @throws CompletionException for an `explain`, which asks nobody, and for bugs
    static Authentication.Refused of(Throwable failure) {
        Throwable why = cause(failure);
        return switch (why) {
            case LoginRefused refused -> {
                LOG.warn("a login was refused: {}", refused.getMessage());
                yield notOurs(String.valueOf(refused.getMessage()));
            }
            case NeedsNetworkException offline -> throw new CompletionException(offline);
            case IOException down -> notNow(String.valueOf(down.getMessage()));
            case CancellationException late -> notNow("the provider took too long");
            case IllegalStateException tooLarge -> {
                LOG.error("a login was refused: {}", tooLarge.getMessage());
                yield refused(
                        FailureKind.INTERNAL_ERROR,
                        "You are logged in at the identity provider, but what it says of you cannot be kept here.",
                        String.valueOf(tooLarge.getMessage()));
            }
            default -> throw new CompletionException(why);
        };
    }

    /// What is behind the wrappers of stages.
    static Throwable cause(Throwable failure) {
        Throwable why = failure;
        while (why instanceof CompletionException && why.getCause() != null) {
            why = why.getCause();
        }
        return why;
    }

    private static Authentication.Refused refused(FailureKind kind, String message, String why) {
        return new Authentication.Refused(new Failure(kind, message, Map.of(Failure.CAUSE, why)));
    }
}
