package dev.gatehouse.policy.auth.basic;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.place.Place;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Identifies clients by user name and password.
final class BasicAuthenticator implements Authenticator {
    private static final Place PLACE = new Place.InHeader(Place.InHeader.AUTHORIZATION, "Basic");

    private static final Authentication WRONG = new Authentication.Refused(
            new Failure(FailureKind.INVALID_TOKEN, "The user name or the password is wrong."));

    private static final Authentication MALFORMED = new Authentication.Refused(new Failure(
            FailureKind.INVALID_TOKEN, "The credentials are not a user name and a password as RFC 7617 has them."));

    private final Users users;
    private final Attempts attempts;
    private final HashingThreads threads;
    private final StateRef<Verified> verified;
    private final Consumers consumers;
    private final TimeSource time;
    private final long rememberNanos;
    private final boolean keep;
    private final String challenge;

    BasicAuthenticator(BasicConfig config, AuthenticatorContext context, HashingThreads threads) {
        this.users = Users.of(config, context.name());
        this.attempts = new Attempts(config.limits(), context);
        this.threads = threads;
        this.verified = context.state("verified", Verified::new);
        this.consumers = context.consumers();
        this.time = context.time();
        this.rememberNanos = config.remember().toNanos();
        this.keep = config.keep();
        this.challenge = "Basic realm=\"" + config.realm() + "\", charset=\"UTF-8\"";
    }

    @Override
    public Authentication authenticate(Exchange exchange) {
        Text shown = PLACE.find(exchange);
        if (shown == null) {
            return Authentication.ABSENT;
        }
        exchange.set(Identity.AMBIENT, true);
        Credentials credentials = Credentials.read(shown);
        if (credentials == null) {
            return MALFORMED;
        }
        if (!keep) {
            // At once: a request that is refused goes nowhere.
            PLACE.remove(exchange);
        }
        Users.User user = users.named(credentials.user());
        Verified known = exchange.state(verified);
        ByteBuffer name = user == null ? null : known.name(credentials, user.hash());
        if (user != null && name != null && known.knows(name, time.nanos())) {
            return identified(user);
        }
        CompletionStage<Long> allowed = exchange.onLoop(attempts.take(exchange, credentials.user()));
        CompletionStage<Authentication> said = allowed.thenCompose(wait -> wait > 0
                ? CompletableFuture.completedStage(tooMany(wait))
                : check(exchange, credentials, user)
                        .thenApply(right -> {
                            if (user == null || name == null || !right) {
                                return WRONG;
                            }
                            known.remember(name, time.nanos() + rememberNanos);
                            return identified(user);
                        })
                        .exceptionally(BasicAuthenticator::notChecked));
        return new Authentication.Awaited(said);
    }

    /// Somebody unknown takes as long as somebody known.
    private CompletionStage<Boolean> check(Exchange exchange, Credentials credentials, Users.@Nullable User user) {
        PasswordHash hash = user == null ? users.decoy() : user.hash();
        return threads.run(exchange, () -> hash.matches(credentials.password()));
    }

    private static Authentication notChecked(Throwable failure) {
        Throwable why = failure.getCause() == null ? failure : failure.getCause();
        if (why instanceof RejectedExecutionException) {
            return new Authentication.Refused(new Failure(
                    FailureKind.POLICY_UNDECIDED,
                    "Too many sign in at the moment. Please try again.",
                    Map.of("retry_after", 1)));
        }
        throw new IllegalStateException("a password could not be checked", why);
    }

    private static Authentication tooMany(long millis) {
        int seconds = Math.toIntExact((millis + 999) / 1000);
        return new Authentication.Refused(new Failure(
                FailureKind.RATE_LIMIT_EXCEEDED,
                "Too many attempts to sign in. Try again in " + seconds + (seconds == 1 ? " second." : " seconds."),
                Map.of("retry_after", seconds)));
    }

    private Authentication identified(Users.User user) {
        Identity identity = user.identity();
        Consumer consumer = user.consumer() == null ? null : consumers.consumer(user.consumer());
        return new Authentication.Identified(consumer == null ? identity : identity.as(consumer));
    }

    @Override
    public List<CredentialCarrier> carriers(Exchange exchange) {
        return PLACE.carriers(exchange);
    }

    @Override
    public String challenge(Exchange exchange) {
        return challenge;
    }

    @Override
    public void close() {
        threads.close();
    }
}
