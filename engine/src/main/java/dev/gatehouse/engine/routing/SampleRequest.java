package dev.gatehouse.engine.routing;

import dev.gatehouse.api.HeaderName;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request nobody sent: the example of a problem, or the question of `explain`. Immutable.
public final class SampleRequest implements RouteRequest {
    private static final InetAddress NOWHERE = InetAddress.ofLiteral("192.0.2.1");
    private static final String COOKIE = "Cookie";

    private final String method;
    private final String host;
    private final String target;
    private final List<Map.Entry<String, String>> headers;
    private final @Nullable InetAddress client;

    private final byte[] octets;
    private final int[] at;

    private SampleRequest(
            String method,
            String host,
            String target,
            List<Map.Entry<String, String>> headers,
            @Nullable InetAddress client) {
        this.method = method;
        this.host = host;
        this.target = target;
        this.headers = List.copyOf(headers);
        this.client = client;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int mark = target.indexOf('?');
        this.at = new int[8 + 2 * headers.size()];
        put(all, 0, method);
        put(all, 2, host);
        put(all, 4, mark < 0 ? target : target.substring(0, mark));
        put(all, 6, mark < 0 ? "" : target.substring(mark + 1));
        for (int i = 0; i < headers.size(); i++) {
            put(all, 8 + 2 * i, headers.get(i).getValue());
        }
        this.octets = all.toByteArray();
    }

    private void put(ByteArrayOutputStream all, int slot, String text) {
        at[slot] = all.size();
        all.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        at[slot + 1] = all.size();
    }

    /// @param target the path in its normal form, and a query if there is to be one
    public static SampleRequest of(String method, String target) {
        return new SampleRequest(method, "", target, List.of(), null);
    }

    public SampleRequest withMethod(String method) {
        return new SampleRequest(method, host, target, headers, client);
    }

    /// Replaces the path and keeps the query.
    SampleRequest withPath(String path) {
        int mark = target.indexOf('?');
        return new SampleRequest(method, host, mark < 0 ? path : path + target.substring(mark), headers, client);
    }

    public SampleRequest withHost(String host) {
        return new SampleRequest(method, host, target, headers, client);
    }

    public SampleRequest withHeader(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new SampleRequest(method, host, target, more, client);
    }

    /// Adds a parameter, escaped.
    public SampleRequest withQuery(String name, String value) {
        String pair = URLEncoder.encode(name, StandardCharsets.UTF_8)
                + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
        String more = target + (target.indexOf('?') < 0 ? "?" : "&") + pair;
        return new SampleRequest(method, host, more, headers, client);
    }

    /// Adds a cookie to those it has.
    public SampleRequest withCookie(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        String cookies = name + "=" + value;
        for (int i = 0; i < more.size(); i++) {
            if (more.get(i).getKey().equals(COOKIE)) {
                cookies = more.remove(i).getValue() + "; " + cookies;
            }
        }
        more.add(Map.entry(COOKIE, cookies));
        return new SampleRequest(method, host, target, more, client);
    }

    public SampleRequest withClient(InetAddress client) {
        return new SampleRequest(method, host, target, headers, client);
    }

    @Override
    public byte[] octets() {
        return octets;
    }

    @Override
    public int methodStart() {
        return at[0];
    }

    @Override
    public int methodEnd() {
        return at[1];
    }

    @Override
    public int hostStart() {
        return at[2];
    }

    @Override
    public int hostEnd() {
        return at[3];
    }

    @Override
    public int pathStart() {
        return at[4];
    }

    @Override
    public int pathEnd() {
        return at[5];
    }

    @Override
    public int queryStart() {
        return at[6];
    }

    @Override
    public int queryEnd() {
        return at[7];
    }

    @Override
    public int find(HeaderName name, int from) {
        String wanted = name.toString();
        for (int i = from; i < headers.size(); i++) {
            if (headers.get(i).getKey().equalsIgnoreCase(wanted)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int valueStart(int field) {
        return at[8 + 2 * field];
    }

    @Override
    public int valueEnd(int field) {
        return at[9 + 2 * field];
    }

    /// The address given, else one that belongs to nobody (RFC 5737).
    @Override
    public InetAddress clientAddress() {
        return client == null ? NOWHERE : client;
    }

    /// `GET /users/42`, or `GET shop.example.com/users/42 with X-Version: 2 from 10.0.0.1`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(method + " " + host + target);
        for (int i = 0; i < headers.size(); i++) {
            text.append(i == 0 ? " with " : ", ");
            text.append(headers.get(i).getKey())
                    .append(": ")
                    .append(headers.get(i).getValue());
        }
        if (client != null) {
            text.append(" from ").append(client.getHostAddress());
        }
        return text.toString();
    }
}
