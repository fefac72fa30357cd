package dev.gatehouse.otel;

import dev.gatehouse.engine.telemetry.PolicyStep;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An exchange as spans: a server span for the whole of it and, when an instance was chosen, a client span below it
/// for the call of the service. Names and attributes follow OpenTelemetry's conventions for HTTP.
final class ExchangeSpans {
    /// Any other method would make a new name for every one that somebody thinks of.
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");

    private final Resource resource;

    /// @param resource what sends them
    ExchangeSpans(Resource resource) {
        this.resource = resource;
    }

    List<SpanData> of(SeenExchange exchange) {
        TraceIds ids = new TraceIds(exchange);
        SpanData server = server(exchange, ids);
        return exchange.attempts() == 0 ? List.of(server) : List.of(server, call(exchange, ids));
    }

    private SpanData server(SeenExchange exchange, TraceIds ids) {
        AttributesBuilder attributes = Attributes.builder();
        method(attributes, exchange.method());
        attributes.put(Names.PATH, exchange.path()).put(Names.SCHEME, exchange.scheme());
        address(attributes, exchange.host());
        put(attributes, exchange);
        if (exchange.status() > 0) {
            attributes.put(Names.STATUS, (long) exchange.status());
        }
        if (exchange.errorType() != null) {
            attributes.put(Names.ERROR_TYPE, exchange.errorType());
        }
        return new FinishedSpan(
                resource,
                name(exchange),
                SpanKind.SERVER,
                ids.server(),
                ids.parent(),
                exchange.startNanos(),
                exchange.endNanos(),
                status(exchange.isError(), exchange.message()),
                attributes.build(),
                events(exchange));
    }

    private static void put(AttributesBuilder attributes, SeenExchange exchange) {
        attributes
                .put(Names.CLIENT_ADDRESS, exchange.client().getHostAddress())
                .put(Names.PROTOCOL_VERSION, version(exchange.protocol()))
                .put(Names.REQUEST_SIZE, exchange.bytesIn())
                .put(Names.RESPONSE_SIZE, exchange.bytesOut())
                .put(Names.GATEHOUSE_REQUEST_ID, exchange.requestId());
        if (exchange.userAgent() != null) {
            attributes.put(Names.USER_AGENT, exchange.userAgent());
        }
        if (exchange.routePattern() != null) {
            attributes.put(Names.ROUTE, exchange.routePattern());
        }
        if (exchange.route() != null) {
            attributes.put(Names.GATEHOUSE_ROUTE, exchange.route());
        }
        if (!exchange.routePlace().isEmpty()) {
            attributes.put(Names.GATEHOUSE_ROUTE_PLACE, exchange.routePlace());
        }
        service(attributes, exchange);
        if (exchange.decidedBy() != null) {
            attributes.put(Names.GATEHOUSE_POLICY, exchange.decidedBy());
        }
    }

    private SpanData call(SeenExchange exchange, TraceIds ids) {
        boolean answered = exchange.serviceNanos() >= 0;
        AttributesBuilder attributes = Attributes.builder();
        method(attributes, exchange.method());
        if (exchange.instance() != null) {
            address(attributes, exchange.instance());
        }
        service(attributes, exchange);
        if (exchange.attempts() > 1) {
            attributes.put(Names.RESEND_COUNT, exchange.attempts() - 1L);
        }
        boolean passedOn = answered && exchange.failure() == null && exchange.decidedBy() == null;
        boolean error = exchange.failure() != null && exchange.isError();
        String type = error ? exchange.errorType() : null;
        if (passedOn) {
            attributes.put(Names.STATUS, (long) exchange.status());
            error = exchange.status() >= 400;
            type = error ? Integer.toString(exchange.status()) : null;
        }
        if (type != null) {
            attributes.put(Names.ERROR_TYPE, type);
        }
        long start = exchange.startNanos() + Math.max(0, exchange.serviceStartNanos());
        return new FinishedSpan(
                resource,
                known(exchange.method()) ? exchange.method() : "HTTP",
                SpanKind.CLIENT,
                ids.call(),
                ids.server(),
                start,
                answered ? start + exchange.serviceNanos() : exchange.endNanos(),
                status(error, exchange.message()),
                attributes.build(),
                List.of());
    }

    private static void service(AttributesBuilder attributes, SeenExchange exchange) {
        if (exchange.service() != null) {
            attributes.put(Names.GATEHOUSE_SERVICE, exchange.service());
        }
        if (exchange.instance() != null) {
            attributes.put(Names.GATEHOUSE_INSTANCE, exchange.instance());
        }
        if (exchange.consumer() != null) {
            attributes.put(Names.GATEHOUSE_CONSUMER, exchange.consumer());
        }
    }

    // ── names

    private static String name(SeenExchange exchange) {
        String method = known(exchange.method()) ? exchange.method() : "HTTP";
        String pattern = exchange.routePattern();
        String route = pattern == null ? exchange.route() : pattern;
        return route == null ? method : method + " " + route;
    }

    private static boolean known(String method) {
        return METHODS.contains(method);
    }

    private static void method(AttributesBuilder attributes, String method) {
        if (known(method)) {
            attributes.put(Names.METHOD, method);
        } else {
            attributes.put(Names.METHOD, "_OTHER").put(Names.METHOD_ORIGINAL, method);
        }
    }

    /// `HTTP/1.1` → `1.1`
    private static String version(String protocol) {
        return protocol.substring(protocol.indexOf('/') + 1);
    }

    /// `shop.example:8080`, `[::1]:80`, `shop.example`
    private static void address(AttributesBuilder attributes, String authority) {
        boolean bracketed = authority.startsWith("[");
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']') && (bracketed || authority.indexOf(':') == colon);
        String host = hasPort ? authority.substring(0, colon) : authority;
        if (!host.isEmpty()) {
            attributes.put(Names.SERVER_ADDRESS, bracketed ? host.substring(1, host.length() - 1) : host);
        }
        String port = hasPort ? authority.substring(colon + 1) : "";
        if (port.matches("[0-9]{1,5}")) {
            attributes.put(Names.SERVER_PORT, Long.parseLong(port));
        }
    }

    private static StatusData status(boolean error, @Nullable String message) {
        return error ? StatusData.create(StatusCode.ERROR, message == null ? "" : message) : StatusData.unset();
    }

    // ── what policies did

    /// When each of them did it is not known: they stand at the end.
    private static List<EventData> events(SeenExchange exchange) {
        List<EventData> events = new ArrayList<>();
        if (exchange.decidedBy() != null) {
            boolean refused = exchange.failure() != null;
            AttributesBuilder attributes = Attributes.builder()
                    .put(Names.GATEHOUSE_POLICY, exchange.decidedBy())
                    .put(Names.GATEHOUSE_POLICY_VERDICT, refused ? "deny" : "answer");
            if (exchange.message() != null) {
                attributes.put(Names.GATEHOUSE_POLICY_REASON, exchange.message());
            }
            events.add(EventData.create(
                    exchange.endNanos(), refused ? "policy denied" : "policy answered", attributes.build()));
        }
        for (PolicyStep step : exchange.shadows()) {
            AttributesBuilder attributes = Attributes.builder()
                    .put(Names.GATEHOUSE_POLICY, step.policy())
                    .put(Names.GATEHOUSE_POLICY_VERDICT, step.verdict().name().toLowerCase(Locale.ROOT))
                    .put(Names.GATEHOUSE_POLICY_SHADOW, true);
            if (!step.place().isEmpty()) {
                attributes.put(Names.GATEHOUSE_POLICY_PLACE, step.place());
            }
            if (!step.reason().isEmpty()) {
                attributes.put(Names.GATEHOUSE_POLICY_REASON, step.reason());
            }
            events.add(EventData.create(exchange.endNanos(), "policy shadow decision", attributes.build()));
        }
        return events;
    }
}
