package dev.gatehouse.app.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.engine.config.AdminScope;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one request of the JDK's server through admission, routing and its operation, and sends the answer. One
/// for all threads; keeps nothing between requests.
final class AdminExchanges {
    private static final Logger LOG = LoggerFactory.getLogger(AdminExchanges.class);

    private static final int MOST_BODY_OCTETS = 1 << 20;

    /// Of a body that was refused, so much is read away: a sender that is still busy sending would otherwise get
    /// a reset connection instead of the answer.
    private static final long MOST_DISCARDED_OCTETS = 8L << 20;

    private final Router router;
    private final Admission admission;

    AdminExchanges(Router router, Admission admission) {
        this.router = router;
        this.admission = admission;
    }

    void answer(HttpExchange exchange) {
        try (exchange) {
            AdminAnswer answer;
            try {
                answer = decide(exchange);
            } catch (RuntimeException e) {
                LOG.error("admin API: {} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                answer = Problem.INTERNAL_ERROR.answer("This is a fault of the gateway; its log says more.");
            }
            try (AdminAnswer.Events _ = answer.events()) {
                send(exchange, answer);
            }
        } catch (InterruptedException e) {
            // The server ends, and with it what would never end by itself.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("admin API: the client left", e);
        }
    }

    private AdminAnswer decide(HttpExchange exchange) throws IOException {
        Headers fields = exchange.getRequestHeaders();
        URI target = exchange.getRequestURI();
        if (target.getRawAuthority() != null) {
            return Problem.INVALID_REQUEST.answer("This is a server, not a proxy: ask for a path.");
        }
        Router.Match match = router.match(target.getRawPath());
        boolean probe = match != null && match.resource().isProbe();
        Admission.Entry entry = admission.entry(fields, probe);
        if (entry instanceof Admission.Entry.Refused(AdminAnswer refusal)) {
            return refusal;
        }
        if (match == null) {
            return Problem.NOT_FOUND.answer("There is nothing at " + target.getRawPath() + ". What there is stands in "
                    + OpenApiResource.PATH + ".");
        }
        String method = exchange.getRequestMethod();
        List<Operation> operations = match.resource().operations();
        for (Operation operation : operations) {
            if (operation.serves(method)) {
                return answer(operation, match, entry, exchange);
            }
        }
        String allowed = operations.stream()
                .map(operation -> operation.method().equals("GET") ? "GET, HEAD" : operation.method())
                .collect(Collectors.joining(", "));
        return Problem.METHOD_NOT_ALLOWED
                .answer(match.resource().path() + " answers " + allowed + ", not " + method + ".")
                .with("Allow", allowed);
    }

    /// Asks whether the caller may, and writes down what they did.
    private static AdminAnswer answer(
            Operation operation, Router.Match match, Admission.Entry entry, HttpExchange exchange) throws IOException {
        if (!(entry instanceof Admission.Entry.Caller(AdminCaller caller))) {
            return call(operation, match.names(), false, exchange);
        }
        boolean trusted = caller.has(operation.opens());
        if (!trusted && !match.resource().isProbe()) {
            return missingScope(operation, caller, exchange);
        }
        AdminAnswer answer = call(operation, match.names(), trusted, exchange);
        if (answer.done() != null) {
            LOG.info("admin: {}, by {}", answer.done(), caller.name());
        }
        return answer;
    }

    private static AdminAnswer missingScope(Operation operation, AdminCaller caller, HttpExchange exchange) {
        String needed = words(operation.opens(), " or ");
        String has = words(caller.scopes(), ", ");
        LOG.warn(
                "admin: {} {} refused, by {}: it takes the scope {}",
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                caller.name(),
                needed);
        return Problem.MISSING_SCOPE
                .answer(
                        "This takes the scope " + needed + "; the token '" + caller.name() + "' has " + has + ".",
                        Map.of("needs", words(operation.opens()), "has", words(caller.scopes())))
                // RFC 6750 §3.1
                .with(
                        "WWW-Authenticate",
                        Admission.REALM + ", error=\"insufficient_scope\", scope=\"" + words(operation.opens(), " ")
                                + "\"");
    }

    private static List<String> words(Set<AdminScope> scopes) {
        return scopes.stream().sorted().map(AdminScope::word).toList();
    }

    private static String words(Set<AdminScope> scopes, String between) {
        return String.join(between, words(scopes));
    }

    private static AdminAnswer call(
            Operation operation, Map<String, String> names, boolean trusted, HttpExchange exchange) throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        AdminAnswer refusal = readQuery(exchange.getRequestURI().getRawQuery(), operation, query);
        if (refusal != null) {
            return refusal;
        }
        Headers fields = exchange.getRequestHeaders();
        String body = "";
        if (operation.accepts() != null) {
            if (!isJson(fields.getFirst("Content-Type"))) {
                return Problem.UNSUPPORTED_MEDIA_TYPE
                        .answer("Send Content-Type: application/json.")
                        .with("Accept-" + capitalised(operation.method()), AdminAnswer.JSON);
            }
            // One more than allowed: whether there is more can only be seen by reading.
            byte[] octets = exchange.getRequestBody().readNBytes(MOST_BODY_OCTETS + 1);
            if (octets.length > MOST_BODY_OCTETS) {
                return Problem.BODY_TOO_LARGE.answer(
                        "The body is larger than 1 MiB.", Map.of("limit", MOST_BODY_OCTETS));
            }
            body = new String(octets, StandardCharsets.UTF_8);
        }
        return operation
                .call()
                .answer(new AdminRequest(
                        names, query, body, String.join(",", fields.getOrDefault("Accept", List.of())), trusted));
    }

    private static @Nullable AdminAnswer readQuery(
            @Nullable String raw, Operation operation, Map<String, String> parameters) {
        if (raw == null || raw.isEmpty()) {
            return null;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = Router.decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : Router.decoded(pair.substring(equals + 1));
            if (!operation.takes(name)) {
                List<String> known = operation.parameters().stream()
                        .map(Operation.Parameter::name)
                        .toList();
                return Problem.INVALID_REQUEST.unknown("parameter", name, known);
            }
            if (parameters.putIfAbsent(name, value) != null) {
                return Problem.INVALID_REQUEST.answer("The parameter '" + name + "' was given twice.");
            }
        }
        return null;
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).replace(" ", "").split(";", 2);
        boolean utf8 = parts.length == 1 || parts[1].matches("charset=\"?utf-8\"?");
        return parts[0].equals(AdminAnswer.JSON) && utf8;
    }

    private static void send(HttpExchange exchange, AdminAnswer answer) throws IOException, InterruptedException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        Headers fields = exchange.getResponseHeaders();
        answer.fields().forEach(fields::set);
        fields.set("Content-Type", answer.contentType());
        fields.set("Cache-Control", "no-store");
        // No page may load an answer as a script, a style or an image either.
        fields.set("X-Content-Type-Options", "nosniff");
        fields.set("Cross-Origin-Resource-Policy", "same-origin");
        AdminAnswer.Events events = answer.events();
        if (events != null && !exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), 0);
            events.writeTo(exchange.getResponseBody());
            return;
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            fields.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        discard(exchange.getRequestBody());
    }

    private static void discard(InputStream rest) throws IOException {
        long left = MOST_DISCARDED_OCTETS;
        byte[] buffer = new byte[8192];
        for (int read = rest.read(buffer); read >= 0 && left > 0; read = rest.read(buffer)) {
            left -= read;
        }
    }

    private static String capitalised(String method) {
        return method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
    }
}
