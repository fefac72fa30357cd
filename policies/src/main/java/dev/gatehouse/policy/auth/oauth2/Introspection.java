package dev.gatehouse.policy.auth.oauth2;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.bearer.Refusals;
import dev.gatehouse.policy.auth.bearer.TokenFault;
import dev.gatehouse.policy.auth.bearer.TokenFault.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Says who a token speaks of by asking its server (RFC 7662). A server that cannot be reached, or makes no sense,
/// lets nobody pass. Used by all loops.
final class Introspection {
    private static final int LIMIT = 64 << 10;
    private static final int LONGEST_TOKEN = 16 << 10;

    private final URI location;
    private final @Nullable String authorization;
    private final Duration timeout;
    private final IntrospectionAnswer answers;
    private final StateRef<Introspections> state;
    private final Consumers consumers;
    private final TimeSource time;

    Introspection(OAuth2Config config, URI location, IntrospectionAnswer answers, AuthenticatorContext context) {
        this.location = location;
        this.authorization = authorization(config);
        this.timeout = config.timeout();
        this.answers = answers;
        // What was said by other rules does not hold: other settings are another state.
        this.state = context.state("answers/" + config.meaning(), Introspections::new);
        this.consumers = context.consumers();
        this.time = context.time();
    }

    /// RFC 6749 §2.3.1: both are encoded as in a form before they are joined.
    private static @Nullable String authorization(OAuth2Config config) {
        if (config.clientId() == null || config.clientSecret() == null) {
            return null;
        }
        String both = encoded(config.clientId()) + ":" + encoded(config.clientSecret());
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// What is waited for does not touch the exchange.
    Authentication judge(Exchange exchange, Text token) {
        if (!isToken(token)) {
            TokenFault malformed = new TokenFault(Kind.MALFORMED, "it is no bearer token (RFC 6750 §2.1)");
            return new Authentication.Foreign(Refusals.of(malformed, time.now()));
        }
        TokenHash hash = TokenHash.of(token);
        Introspections known = exchange.state(state);
        Introspected answer = known.known(hash, time.nanos());
        if (answer != null) {
            return said(answer);
        }
        CompletableFuture<Authentication> said =
                known.ask(hash, () -> question(exchange, token)).thenApply(this::said);
        return said.state() == CompletableFuture.State.SUCCESS ? said.resultNow() : new Authentication.Awaited(said);
    }

    private static boolean isToken(Text token) {
        if (token.length() == 0 || token.length() > LONGEST_TOKEN) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            boolean legal = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~+/=".indexOf(c) >= 0;
            if (!legal) {
                return false;
            }
        }
        return true;
    }

    private CompletableFuture<Introspected> question(Exchange exchange, Text token) {
        String form = "token=" + encoded(token.toString()) + "&token_type_hint=access_token";
        HttpRequest.Builder request = HttpRequest.newBuilder(location)
                .timeout(timeout)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        CompletableFuture<HttpResponse<byte[]>> call = exchange.call(request.build(), LIMIT);
        if (!call.isDone()) {
            // The time-out of a request ends with the head of its answer: a body may take for ever.
            exchange.after(timeout).thenRun(() -> call.cancel(true));
        }
        return call.handle(this::read);
    }

    private Introspected read(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        try {
            if (answer != null) {
                return answers.read(answer.statusCode(), answer.body(), time.now(), time.nanos());
            }
            Throwable why = failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
            throw why instanceof IOException e
                    ? e
                    : new IOException("the authorization server could not be asked about a token", why);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private Authentication said(Introspected answer) {
        Identity identity = answer.identity();
        TokenFault fault = answer.fault();
        if (identity == null || fault != null) {
            TokenFault why = fault == null ? new TokenFault(Kind.INACTIVE, "it is not active") : fault;
            return Refusals.of(why, time.now());
        }
        Consumer known = answer.consumer() == null ? null : consumers.consumer(answer.consumer());
        return new Authentication.Identified(known == null ? identity : identity.as(known));
    }
}
