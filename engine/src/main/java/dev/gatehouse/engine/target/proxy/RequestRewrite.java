package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.api.template.TemplateException;
import dev.gatehouse.engine.config.QueryEditsConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.target.UrlTemplate;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.QueryPairs;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a service is sent in place of what the client asked for: another path, another query, another host. Made when
/// the configuration is loaded; immutable, and shared by all loops. A route that changes nothing has none.
///
/// Whatever is judged about a request is judged before: what is authorised is the client's path.
public final class RequestRewrite {
    private final byte @Nullable [] prefix;
    private final @Nullable UrlTemplate url;
    private final @Nullable QueryEdits queryEdits;
    private final boolean hostOfService;
    private final byte @Nullable [] fixedHost;

    private RequestRewrite(
            byte @Nullable [] prefix,
            @Nullable UrlTemplate url,
            @Nullable QueryEdits queryEdits,
            boolean hostOfService,
            byte @Nullable [] fixedHost) {
        this.prefix = prefix;
        this.url = url;
        this.queryEdits = queryEdits;
        this.hostOfService = hostOfService;
        this.fixedHost = fixedHost;
    }

    /// Null when nothing is to be changed.
    ///
    /// @param stripPrefix what is taken from the front of the path, whole segments; null for nothing
    /// @param rewrite a template of the path, and of the query when it has a `?`; null to keep them
    /// @param host [RouteConfig#HOST_OF_CLIENT], [RouteConfig#HOST_OF_SERVICE], or the host to send
    /// @throws IllegalArgumentException with a sentence for the user, the key in front
    public static @Nullable RequestRewrite of(
            @Nullable String stripPrefix, @Nullable String rewrite, String host, QueryEditsConfig query) {
        if (stripPrefix != null && rewrite != null) {
            throw new IllegalArgumentException(
                    "strip_prefix: rewrite says the whole path already; write what is to be left in front of {rest}");
        }
        boolean hostOfService = host.equals(RouteConfig.HOST_OF_SERVICE);
        byte[] fixedHost = hostOfService || host.equals(RouteConfig.HOST_OF_CLIENT) ? null : WrittenTarget.host(host);
        QueryEdits edits = QueryEdits.of(query);
        if (stripPrefix == null && rewrite == null && edits == null && !hostOfService && fixedHost == null) {
            return null;
        }
        return new RequestRewrite(
                stripPrefix == null ? null : WrittenTarget.prefix(stripPrefix),
                rewrite == null ? null : url(rewrite),
                edits,
                hostOfService,
                fixedHost);
    }

    private static UrlTemplate url(String rewrite) {
        try {
            return UrlTemplate.parse(rewrite);
        } catch (TemplateException e) {
            throw new IllegalArgumentException("rewrite: " + e.getMessage(), e);
        }
    }

    /// The Host this instance is sent, or null for the client's.
    byte @Nullable [] host(Instance instance) {
        return host(instance.authority());
    }

    /// The same for an instance of this name and port.
    byte @Nullable [] host(byte[] authority) {
        return hostOfService ? authority : fixedHost;
    }

    boolean changesHost() {
        return hostOfService || fixedHost != null;
    }

    boolean changesTarget() {
        return prefix != null || url != null || queryEdits != null;
    }

    /// Path and query as the service is sent them; null when a value of the request would make a `.` or `..`
    /// segment.
    ///
    /// @param out cleared and used
    byte @Nullable [] target(TargetClient client, HeadWriter out) {
        ParsedRequest request = client.requestSlices();
        byte[] bytes = request.bytes();
        if (bytes[request.pathStart()] == '*') {
            return new byte[] {'*'};
        }
        byte[] query = ownQuery(client, out);
        out.clear();
        if (!writePath(request, client, out)) {
            return null;
        }
        if (queryEdits != null) {
            queryEdits.write(
                    out,
                    query == null ? pairs(request) : new QueryPairs(query, Math.min(1, query.length), query.length),
                    client.facts());
        } else if (query != null) {
            out.put(query);
        } else if (request.hasQuery()) {
            out.put('?').copy(bytes, request.queryStart(), request.queryEnd());
        }
        return out.toArray();
    }

    /// `?` and the query the rewrite says, or nothing when that is empty; null when it says nothing of it.
    private byte @Nullable [] ownQuery(TargetClient client, HeadWriter out) {
        if (url == null || !url.hasQuery()) {
            return null;
        }
        url.writeQuery(out.clear(), client);
        return out.toArray();
    }

    private boolean writePath(ParsedRequest request, TargetClient client, HeadWriter out) {
        if (url != null) {
            return url.writePath(out, client);
        }
        byte[] bytes = request.bytes();
        int from = request.pathStart();
        int to = request.pathEnd();
        if (prefix != null && startsWithSegments(bytes, from, to, prefix)) {
            from += prefix.length;
            if (from == to) {
                out.put('/');
            }
        }
        out.copy(bytes, from, to);
        return true;
    }

    private static boolean startsWithSegments(byte[] bytes, int from, int to, byte[] prefix) {
        int end = from + prefix.length;
        return end <= to
                && Arrays.equals(bytes, from, end, prefix, 0, prefix.length)
                && (end == to || bytes[end] == '/');
    }

    private static QueryPairs pairs(ParsedRequest request) {
        return new QueryPairs(request.bytes(), request.queryStart(), request.queryEnd());
    }
}
