package dev.gatehouse.engine.config;

import dev.gatehouse.api.template.Reference;
import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.TemplatePart;
import dev.gatehouse.api.template.TemplateProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a line of the access log may be asked for. More is known than while a request is under way, so these are other
/// words than those of a route's templates; those about the request are the same.
public enum AccessLogFact {
    /// When the head of the request had arrived.
    TIMESTAMP("timestamp"),
    STATUS("status"),
    /// The number a call of gRPC ended with; nothing for other requests.
    GRPC_STATUS("grpc_status"),
    /// From the head of the request to the end of the answer.
    DURATION_MS("duration_ms"),
    /// From choosing the last instance to the head of its answer.
    SERVICE_MS("service_ms"),
    ATTEMPTS("attempts"),
    BYTES_IN("bytes_in"),
    BYTES_OUT("bytes_out"),
    ROUTE("route"),
    SERVICE("service"),
    INSTANCE("instance"),
    /// The name of the consumer that called.
    CONSUMER("consumer.id"),
    CONSUMER_PLAN("consumer.plan"),
    /// What people call the key or token that was shown.
    CREDENTIAL("consumer.credential"),
    TRACE_ID("trace_id"),
    ERROR_CODE("error_code"),
    ERROR_MESSAGE("error_message"),
    /// Of a WebSocket.
    CLOSE_CODE("close_code"),
    /// The policy that answered or refused.
    DECIDED_BY("decided_by"),
    CLIENT_IP("client.ip"),
    /// Whom the client's verified certificate names.
    CERTIFICATE_SUBJECT("client.certificate.subject"),
    CERTIFICATE_ISSUER("client.certificate.issuer"),
    CERTIFICATE_SERIAL("client.certificate.serial"),
    /// SHA-256 of the client's verified certificate.
    CERTIFICATE_FINGERPRINT("client.certificate.fingerprint"),
    TLS_PROTOCOL("client.tls.protocol"),
    /// The host the client named in its handshake.
    TLS_SERVER_NAME("client.tls.server_name"),
    REQUEST_ID("request.id"),
    METHOD("request.method"),
    PATH("request.path"),
    QUERY("request.query"),
    PROTOCOL("request.protocol"),
    HOST("request.host"),
    SCHEME("request.scheme"),
    /// A field of the request; what follows the dot is its name.
    HEADER("header."),
    /// A parameter of the query; what follows the dot is its name.
    PARAMETER("query."),
    /// A claim of who called; what follows the dot is its name.
    CLAIM("jwt.");

    /// What people call the same elsewhere, mostly in the JSON lines.
    private static final Map<String, String> OTHER_WORDS = Map.ofEntries(
            Map.entry("status_code", "status"),
            Map.entry("method", "request.method"),
            Map.entry("path", "request.path"),
            Map.entry("uri", "request.path"),
            Map.entry("query", "request.query"),
            Map.entry("protocol", "request.protocol"),
            Map.entry("host", "request.host"),
            Map.entry("scheme", "request.scheme"),
            Map.entry("client_ip", "client.ip"),
            Map.entry("remote_addr", "client.ip"),
            Map.entry("ssl_client_s_dn", "client.certificate.subject"),
            Map.entry("ssl_client_fingerprint", "client.certificate.fingerprint"),
            Map.entry("consumer", "consumer.id"),
            Map.entry("user", "jwt.sub"),
            Map.entry("ssl_protocol", "client.tls.protocol"),
            Map.entry("user_agent", "header.user-agent"),
            Map.entry("correlation_id", "request.id"),
            Map.entry("request_id", "request.id"),
            Map.entry("time", "timestamp"),
            Map.entry("duration", "duration_ms"),
            Map.entry("upstream", "service"));

    private static final Map<String, AccessLogFact> BY_WORD = byWord();

    private final String word;

    AccessLogFact(String word) {
        this.word = word;
    }

    /// As it is written between braces; ends in a dot when a name follows.
    public String word() {
        return word;
    }

    private boolean isGroup() {
        return word.endsWith(".");
    }

    private static Map<String, AccessLogFact> byWord() {
        Map<String, AccessLogFact> words = new HashMap<>();
        for (AccessLogFact fact : values()) {
            words.put(fact.word, fact);
        }
        return words;
    }

    /// Null when there is no such fact.
    public static @Nullable AccessLogFact of(Reference reference) {
        AccessLogFact whole = BY_WORD.get(reference.toString());
        return whole != null || reference.isParameter() ? whole : BY_WORD.get(reference.group() + ".");
    }

    /// The places of a line that can never be filled.
    public static List<TemplateProblem> problems(Template line) {
        List<TemplateProblem> problems = new ArrayList<>();
        for (TemplatePart part : line.parts()) {
            if (part instanceof TemplatePart.Place(Reference reference, int offset) && of(reference) == null) {
                problems.add(problem(reference.toString(), offset));
            }
        }
        return problems;
    }

    private static TemplateProblem problem(String name, int offset) {
        String meant = OTHER_WORDS.get(name);
        if (meant != null) {
            return new TemplateProblem(
                    offset, name.length(), name, "{" + name + "} is written {" + meant + "} here", List.of());
        }
        List<String> known = Arrays.stream(values())
                .map(fact -> fact.isGroup() ? fact.word + afterDot(name) : fact.word)
                .sorted()
                .toList();
        return new TemplateProblem(
                offset, name.length(), name, "a line of the access log knows no {" + name + "}", known);
    }

    private static String afterDot(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? "NAME" : name.substring(dot + 1);
    }
}
