package dev.gatehouse.policy.auth.external;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.NeedsNetworkException;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.place.Place;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Has an auth service say who makes a request. Fails closed: an auth service that does not answer in time, or answers
/// something that makes no sense, lets nobody pass.
final class ExternalAuthenticator implements Authenticator {
    /// Octets of an answer's body.
    private static final int LIMIT = 64 << 10;

    private static final HeaderName SET_COOKIE = HeaderName.of("Set-Cookie");

    private final List<RequestPart> credentials;
    private final List<CredentialCarrier> carriers;
    private final boolean keep;
    private final boolean bearer;
    private final Question question;
    private final AnswerReader answers;
    private final Duration timeout;
    private final long ttlNanos;
    private final OnError onError;
    private final StateRef<Verdicts> state;
    private final Consumers consumers;
    private final TimeSource time;

    ExternalAuthenticator(ExternalConfig config, AuthenticatorContext context) {
        this.credentials = config.credentials().stream().map(RequestPart::of).toList();
        this.carriers = credentials.stream()
                .flatMap(credential -> credential.carrier().stream())
                .toList();
        this.bearer = credentials.contains(RequestPart.of("header.Authorization"));
        this.keep = config.keep();
        this.question = new Question(config);
        this.answers = new AnswerReader(context.name(), config);
        this.timeout = config.timeout();
        ExternalCacheConfig cache = config.cache();
        this.ttlNanos = cache == null ? 0 : cache.ttl().toNanos();
        this.onError = config.onError();
        // What was said to other questions does not hold: other settings are another state.
        this.state = context.state("verdicts/" + config.meaning(), Verdicts::new);
        this.consumers = context.consumers();
        this.time = context.time();
    }

    @Override
    public Authentication authenticate(Exchange exchange) {
        boolean shown = false;
        for (RequestPart credential : credentials) {
            Text value = credential.find(exchange);
            if (value == Place.AMBIGUOUS) {
                return refused(FailureKind.INVALID_TOKEN, "The credentials are shown more than once.", null);
            }
            shown |= value != null;
        }
        if (!shown && !credentials.isEmpty()) {
            return Authentication.ABSENT;
        }
        boolean known = shown;
        QuestionKey key = question.remembered(exchange);
        Verdicts verdicts = exchange.state(state);
        Verdict remembered = key == null ? null : verdicts.known(key, time.nanos());
        if (remembered != null) {
            exchange.note("answer of the auth service remembered");
            return said(exchange, remembered, known);
        }
        // Who shows nothing asks for itself: an answer may begin a session, which is nobody else's.
        CompletableFuture<Verdict> verdict = verdicts.ask(known ? question.whole(exchange) : null, () -> ask(exchange));
        // Continues on the exchange's loop, where it may be changed.
        return new Authentication.Awaited(exchange.onLoop(verdict).handle((said, failure) -> {
            if (failure != null) {
                return failed(failure);
            }
            if (key != null && !(said instanceof Verdict.SendsAway)) {
                verdicts.remember(key, said, time.nanos() + ttlNanos);
            }
            return said(exchange, said, known);
        }));
    }

    private CompletableFuture<Verdict> ask(Exchange exchange) {
        HttpRequest request = question.about(exchange);
        CompletableFuture<HttpResponse<byte[]>> call = exchange.call(request, LIMIT);
        if (!call.isDone()) {
            // The time-out of a request ends with the head of its answer: a body may take for ever.
            exchange.after(timeout).thenRun(() -> call.cancel(true));
        }
        return call.handle(this::read);
    }

    private Verdict read(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        try {
            if (answer != null) {
                return answers.read(answer);
            }
            Throwable why = unwrapped(failure);
            throw why instanceof IOException e ? e : new IOException("the auth service could not be asked", why);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
        return failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
    }

    private Authentication failed(Throwable failure) {
        Throwable why = unwrapped(failure);
        if (onError == OnError.DENY && why instanceof IOException && !(why instanceof NeedsNetworkException)) {
            return refused(FailureKind.FORBIDDEN, "The request could not be judged, so it is refused.", null);
        }
        throw failure instanceof CompletionException e ? e : new CompletionException(why);
    }

    private Authentication said(Exchange exchange, Verdict verdict, boolean shown) {
        return switch (verdict) {
            case Verdict.Passes passes -> passes(exchange, passes);
            case Verdict.Refuses refuses -> refused(refuses, shown);
            case Verdict.SendsAway away -> {
                Response response = Response.of(away.status(), new Body.Bytes(new byte[0]))
                        .set(HeaderName.LOCATION, away.location())
                        .set(HeaderName.CACHE_CONTROL, "no-store");
                away.cookies().forEach(cookie -> response.add(SET_COOKIE, cookie));
                yield new Authentication.Answered(response);
            }
        };
    }

    private static Authentication.Refused refused(Verdict.Refuses verdict, boolean shown) {
        if (verdict.status() == 403) {
            return refused(FailureKind.FORBIDDEN, "You are not allowed to do this.", verdict.challenge());
        }
        return shown
                ? refused(FailureKind.INVALID_TOKEN, "The credentials are not accepted.", verdict.challenge())
                : refused(FailureKind.UNAUTHENTICATED, "Missing authentication", verdict.challenge());
    }

    private Authentication passes(Exchange exchange, Verdict.Passes passes) {
        if (!keep) {
            carriers.forEach(carrier -> carrier.removeFrom(exchange));
        }
        Set<HeaderName> set = new HashSet<>();
        for (Verdict.Field field : passes.fields()) {
            if (set.add(field.name())) {
                exchange.setRequestHeader(field.name(), field.value());
            } else {
                exchange.addRequestHeader(field.name(), field.value());
            }
        }
        String name = passes.consumer();
        Consumer consumer = name == null ? null : consumers.consumer(name);
        return new Authentication.Identified(
                consumer == null ? passes.identity() : passes.identity().as(consumer));
    }

    private static Authentication.Refused refused(FailureKind kind, String message, @Nullable String challenge) {
        return new Authentication.Refused(new Failure(kind, message), challenge);
    }

    /// The auth service is not asked about requests without credentials, so nobody knows better what it wants.
    @Override
    public List<CredentialCarrier> carriers(Exchange exchange) {
        return carriers;
    }

    @Override
    public @Nullable String challenge(Exchange exchange) {
        return bearer ? "Bearer" : null;
    }
}
