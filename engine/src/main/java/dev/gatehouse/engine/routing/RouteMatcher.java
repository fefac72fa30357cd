package dev.gatehouse.engine.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which requests a route wants, as the user wrote it. Nothing is checked here: the builder of the table reports all
/// that is wrong at once.
///
/// @param hosts `api.example.com`; `*.example.com` for one or more labels in front (not the bare `example.com`);
///     `*` or an empty list for any host. In any case; a request's port does not count
/// @param path `/users/{id}`, `/files/*.png`, `/admin/**`, `~^/v[0-9]+/.*$`; see [PathPattern]
/// @param methods empty for all. GET answers HEAD too
/// @param headers name → [ValuePattern], all of which must hold for the field's first value
/// @param query name → [ValuePattern], for the first parameter of that name, decoded
/// @param cookies name → [ValuePattern], for the first cookie of that name
/// @param clients addresses and ranges the client must be in one of; empty for everybody
/// @param priority the higher wins, before everything else; 0 unless given
public record RouteMatcher(
        List<String> hosts,
        String path,
        List<String> methods,
        Map<String, String> headers,
        Map<String, String> query,
        Map<String, String> cookies,
        List<String> clients,
        int priority) {
    public RouteMatcher {
        hosts = List.copyOf(hosts);
        methods = List.copyOf(methods);
        headers = inOrder(headers);
        query = inOrder(query);
        cookies = inOrder(cookies);
        clients = List.copyOf(clients);
    }

    /// Every request for this path.
    public static RouteMatcher of(String path) {
        return new RouteMatcher(List.of(), path, List.of(), Map.of(), Map.of(), Map.of(), List.of(), 0);
    }

    public RouteMatcher withHosts(String... hosts) {
        return new RouteMatcher(List.of(hosts), path, methods, headers, query, cookies, clients, priority);
    }

    public RouteMatcher withMethods(String... methods) {
        return new RouteMatcher(hosts, path, List.of(methods), headers, query, cookies, clients, priority);
    }

    public RouteMatcher withHeader(String name, String value) {
        return new RouteMatcher(hosts, path, methods, and(headers, name, value), query, cookies, clients, priority);
    }

    public RouteMatcher withQuery(String name, String value) {
        return new RouteMatcher(hosts, path, methods, headers, and(query, name, value), cookies, clients, priority);
    }

    public RouteMatcher withCookie(String name, String value) {
        return new RouteMatcher(hosts, path, methods, headers, query, and(cookies, name, value), clients, priority);
    }

    public RouteMatcher withClients(String... ranges) {
        return new RouteMatcher(hosts, path, methods, headers, query, cookies, List.of(ranges), priority);
    }

    public RouteMatcher withPriority(int priority) {
        return new RouteMatcher(hosts, path, methods, headers, query, cookies, clients, priority);
    }

    /// `GET POST /users/{id}`, as a list of routes shows it.
    @Override
    public String toString() {
        List<String> words = new ArrayList<>(methods);
        words.add(path);
        return String.join(" ", words);
    }

    private static Map<String, String> and(Map<String, String> map, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    private static Map<String, String> inOrder(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
