package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a route wants of a request beyond host, path and method.
@Settings(
        name = "route.match",
        value = "What a route wants of a request beyond host, path and method; all of it must hold.")
public record MatchConfig(
        @Setting("Header to value: beta exactly, beta* for a beginning, * for any, !* for absent, ~ and an expression.")
        Map<String, String> headers,

        @Setting("Query parameter to value, written as for headers.")
        Map<String, String> query,

        @Setting("Cookie to value, written as for headers.") Map<String, String> cookies,

        @Setting("Addresses and ranges the client must be in one of, such as 10.0.0.0/8.")
        List<String> client) {
    public static final MatchConfig ANY = new MatchConfig(Map.of(), Map.of(), Map.of(), List.of());

    public MatchConfig {
        headers = inOrder(headers);
        query = inOrder(query);
        cookies = inOrder(cookies);
        client = List.copyOf(client);
        client.forEach(range -> Check.range("client", range));
    }

    private static Map<String, String> inOrder(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
