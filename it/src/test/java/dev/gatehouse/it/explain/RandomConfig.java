package dev.gatehouse.it.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The text of a configuration that may be anything a user could mean: hosts, paths of all shapes, conditions, every
/// kind of target, rewrites, policies. Where chance decides among instances or services is left to the comparison.
final class RandomConfig {
    private static final List<String> PATHS = List.of(
            "/a",
            "/b",
            "/a/b",
            "/a/{id}",
            "/{id}",
            "/{id}/b",
            "/*",
            "/a/*",
            "/**",
            "/a/**",
            "/b/**",
            "/a/**/b",
            "/x{id}",
            "/b/x{id}",
            "/a/*.png",
            "/*.png",
            "/a/{id}/c",
            "/c/{id}/**",
            "~^/[a-c]/x[0-9]+$",
            "~^/(?P<id>[a-c])$",
            "/a/",
            "/b/{id}/");
    private static final List<String> HOSTS = List.of(
            "[]",
            "[]",
            "[]",
            "[]",
            "[]",
            "[ api.example ]",
            "[ \"*.example\" ]",
            "[ \"*.api.example\", other ]",
            "[ \"[::1]\" ]");
    private static final List<String> METHODS =
            List.of("[]", "[]", "[]", "[]", "[ GET ]", "[ GET, POST ]", "[ DELETE ]", "[ HEAD ]", "[ FOO ]");
    private static final List<String> MATCHES = List.of(
            "{}",
            "{}",
            "{}",
            "{}",
            "{}",
            "{}",
            "{}",
            "{}",
            "{ headers: { X-V: \"1\" } }",
            "{ headers: { X-V: \"~^[0-9]+$\" } }",
            "{ headers: { X-V: \"*\", X-User: alice } }",
            "{ query: { v: \"1\" } }",
            "{ query: { flag: \"*\" } }",
            "{ cookies: { beta: \"yes\" } }",
            "{ cookies: { sid: \"*\" }, query: { v: \"*\" } }",
            "{ client: [ 10.0.0.0/8 ] }",
            "{ client: [ 127.0.0.1, \"fd00::/8\" ], headers: { X-V: \"*\" } }");
    private static final List<String> SERVICES = List.of(
            "alone", "other", "hashed", "turns", "weighted", "{ alone: 90, other: 10 }", "{ hashed: 1, other: 2 }");
    private static final List<String> POLICIES = List.of(
            "gate: {}",
            "gate: { deny: eve }",
            "gate: { shadow: true }",
            "meter: { every: 3 }",
            "meter: { every: 2, shadow: true }",
            "ip_rules: { allow: [ 127.0.0.1, 10.0.0.0/8 ] }",
            "ip_rules: { deny: [ 10.0.0.9, \"fd00::/8\" ] }",
            "body_limit: 20B",
            "headers: { request: { set: { X-Who: \"{header.x-user}/{client.ip}\" }, remove: [ X-V ] } }",
            "headers: { request: { rename: { X-User: X-Was } }, response: { set: { X-Served: yes } } }");

    private final RandomGenerator random;
    private final boolean ranked;

    private RandomConfig(RandomGenerator random, boolean ranked) {
        this.random = random;
        this.ranked = ranked;
    }

    /// @param services the section, as text
    /// @param ranked whether priorities keep routes from tying
    static String of(RandomGenerator random, String services, boolean ranked) {
        return new RandomConfig(random, ranked).text(services);
    }

    private String text(String services) {
        StringBuilder text = new StringBuilder("listeners: { main: { forwarding: { trusted_proxies: [ ")
                .append(random.nextBoolean() ? "127.0.0.1" : "")
                .append(" ] } } }\nruntime: { loops: 1 }\n")
                .append(services)
                .append("routes:\n");
        int routes = 1 + random.nextInt(12);
        for (int i = 0; i < routes; i++) {
            text.append("  - { name: r").append(i).append(", ").append(route(i)).append(" }\n");
        }
        if (random.nextInt(3) > 0) {
            text.append("  - { name: rest, priority: -1, ")
                    .append(restOfRoute("/**"))
                    .append(" }\n");
        }
        return text.toString();
    }

    private String route(int number) {
        String path = pick(PATHS);
        return String.join(
                ", ",
                "hosts: " + pick(HOSTS),
                "methods: " + pick(METHODS),
                "match: " + pick(MATCHES),
                "priority: " + (ranked ? number : random.nextInt(3)),
                restOfRoute(path));
    }

    private String restOfRoute(String path) {
        List<String> keys = new ArrayList<>();
        keys.add("path: \"" + path + "\"");
        if (random.nextInt(10) == 0) {
            keys.add("allow_encoded: [ slash ]");
        }
        target(path, keys);
        List<String> slots = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String policy = pick(POLICIES);
            String slot = policy.substring(0, policy.indexOf(':'));
            if (!slots.contains(slot)) {
                slots.add(slot);
                keys.add(policy);
            }
        }
        return String.join(", ", keys);
    }

    private void target(String path, List<String> keys) {
        boolean id = path.contains("{id}") || path.contains("<id>");
        switch (random.nextInt(8)) {
            case 0 ->
                keys.add("respond: { status: " + (200 + random.nextInt(4)) + ", body: \"r={query.v} {client.ip}\" }");
            case 1 ->
                keys.add("redirect: { to: \"" + (id ? "/new/{id}" : "https://{request.host}/new/{request.path}")
                        + "\", status: " + pick(List.of("301", "302", "307", "308")) + " }");
            default -> {
                keys.add("service: " + pick(SERVICES));
                rewrite(path, id, keys);
            }
        }
    }

    private void rewrite(String path, boolean id, List<String> keys) {
        switch (random.nextInt(5)) {
            case 0 -> keys.add("strip_prefix: /a");
            case 1 -> {
                String rest = path.contains("**") ? "/{rest}" : "";
                String query = random.nextBoolean() ? "?v={query.v}&u={header.x-user}" : "";
                keys.add("rewrite: \"" + (id ? random.nextBoolean() ? "/{id}" : "/v2/x{id}" : "/v2") + rest + query
                        + "\"");
            }
            case 2 -> keys.add("query: { set: { v: \"{header.x-v}\" }, remove: [ a ], add: { ip: \"{client.ip}\" } }");
            default -> {}
        }
        if (random.nextInt(4) == 0) {
            keys.add("rewrite_host: " + pick(List.of("service", "fixed.example:81", "pass")));
        }
    }

    private String pick(List<String> of) {
        return RandomRequest.pick(random, of);
    }
}
