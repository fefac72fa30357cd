package dev.gatehouse.policy.cors;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.policy.Policy;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Answers preflights, and tells browsers on every answer whose pages may read it.
///
/// What is told is the same for all requests of an origin: a browser compares the method and the fields it asks about
/// with the lists itself, so nothing of what it sent has to be repeated.
final class CorsPolicy implements Policy {
    private static final HeaderName ORIGIN = HeaderName.of("Origin");
    private static final HeaderName VARY = HeaderName.of("Vary");
    private static final HeaderName ASKED_METHOD = HeaderName.of("Access-Control-Request-Method");
    private static final HeaderName ASKED_HEADERS = HeaderName.of("Access-Control-Request-Headers");
    private static final HeaderName ASKED_NETWORK = HeaderName.of("Access-Control-Request-Private-Network");
    private static final HeaderName ALLOW_ORIGIN = HeaderName.of("Access-Control-Allow-Origin");
    private static final HeaderName ALLOW_CREDENTIALS = HeaderName.of("Access-Control-Allow-Credentials");
    private static final HeaderName ALLOW_METHODS = HeaderName.of("Access-Control-Allow-Methods");
    private static final HeaderName ALLOW_HEADERS = HeaderName.of("Access-Control-Allow-Headers");
    private static final HeaderName ALLOW_NETWORK = HeaderName.of("Access-Control-Allow-Private-Network");
    private static final HeaderName EXPOSE_HEADERS = HeaderName.of("Access-Control-Expose-Headers");
    private static final HeaderName MAX_AGE = HeaderName.of("Access-Control-Max-Age");

    private static final List<HeaderName> ANSWERS = List.of(
            ALLOW_ORIGIN, ALLOW_CREDENTIALS, ALLOW_METHODS, ALLOW_HEADERS, ALLOW_NETWORK, EXPOSE_HEADERS, MAX_AGE);

    /// A browser never asks about these (Fetch standard, "CORS-safelisted method").
    private static final List<String> SAFELISTED = List.of("GET", "HEAD", "POST");

    private final CorsConfig config;
    private final Origins origins;
    private final String methods;
    private final String headers;
    private final String exposed;
    private final @Nullable String maxAge;

    CorsPolicy(CorsConfig config) {
        this.config = config;
        this.origins = new Origins(config.origins());
        this.methods = String.join(", ", config.methods());
        this.headers = String.join(", ", config.headers());
        this.exposed = String.join(", ", config.exposeHeaders());
        this.maxAge =
                config.maxAge() == null ? null : Long.toString(config.maxAge().toSeconds());
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        RequestHead request = exchange.request();
        if (exchange.isRecorded()) {
            note(exchange, request);
        }
        // What is said of it is written by onResponse, which the answer passes like all others.
        return isPreflight(request) ? new Decision.Respond(Response.of(204, Body.EMPTY)) : Decision.CONTINUE;
    }

    @Override
    public Decision onResponse(Exchange exchange, Response response) {
        for (HeaderName field : ANSWERS) {
            response.remove(field);
        }
        RequestHead request = exchange.request();
        if (!origins.isAny()) {
            vary(response, ORIGIN);
        }
        String allowed = origins.allowed(request.header(ORIGIN));
        if (allowed != null) {
            response.set(ALLOW_ORIGIN, allowed);
            if (config.credentials()) {
                response.set(ALLOW_CREDENTIALS, "true");
            }
        }
        if (isPreflight(request)) {
            answer(request, response, allowed != null);
        } else if (allowed != null && !exposed.isEmpty()) {
            response.set(EXPOSE_HEADERS, exposed);
        }
        return Decision.CONTINUE;
    }

    private void answer(RequestHead request, Response response, boolean allowed) {
        if (config.privateNetwork()) {
            vary(response, ASKED_NETWORK);
        }
        if (!allowed) {
            return;
        }
        response.set(ALLOW_METHODS, methods);
        if (!headers.isEmpty()) {
            response.set(ALLOW_HEADERS, headers);
        }
        if (maxAge != null) {
            response.set(MAX_AGE, maxAge);
        }
        Text network = config.privateNetwork() ? request.header(ASKED_NETWORK) : null;
        if (network != null && network.equalsIgnoreCase("true")) {
            response.set(ALLOW_NETWORK, "true");
        }
    }

    private static boolean isPreflight(RequestHead request) {
        return request.header(ASKED_METHOD) != null
                && request.header(ORIGIN) != null
                && request.method().equals("OPTIONS");
    }

    /// Caches must not give one origin's answer to another (RFC 9110 §12.5.5).
    private static void vary(Response response, HeaderName on) {
        if (response.header(VARY) != null) {
            for (Text values : response.headers(VARY)) {
                for (String value : values.toString().split(",", -1)) {
                    if (value.strip().equals("*") || value.strip().equalsIgnoreCase(on.toString())) {
                        return;
                    }
                }
            }
        }
        response.add(VARY, on.toString());
    }

    // ── why

    private void note(Exchange exchange, RequestHead request) {
        Text origin = request.header(ORIGIN);
        if (origin == null) {
            exchange.note("no Origin header");
            return;
        }
        boolean allowed = origins.allowed(origin) != null;
        exchange.note("origin " + origin + (allowed ? " may read the answer" : " is not among the origins"));
        if (!isPreflight(request)) {
            return;
        }
        String method = String.valueOf(request.header(ASKED_METHOD));
        if (!SAFELISTED.contains(method) && !config.methods().contains(method)) {
            exchange.note("asks for " + method + ", which is not among the methods");
        }
        for (Text names : request.headers(ASKED_HEADERS)) {
            for (String name : names.toString().split(",", -1)) {
                if (!takes(name.strip())) {
                    exchange.note("asks for the field " + name.strip() + ", which is not among the headers");
                }
            }
        }
    }

    private boolean takes(String name) {
        boolean any = config.headers().contains(CorsConfig.ANY)
                && !name.toLowerCase(Locale.ROOT).equals("authorization");
        return any || name.isEmpty() || config.headers().stream().anyMatch(name::equalsIgnoreCase);
    }
}
