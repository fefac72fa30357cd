package dev.gatehouse.it.explain;

import dev.gatehouse.engine.explain.Question;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A request that may be anything: it mostly fits one of the routes a [RandomConfig] is made of, and mostly is
/// well-formed.
record RandomRequest(String method, String target, List<Map.Entry<String, String>> headers, String body) {
    private static final List<String> METHODS =
            List.of("GET", "GET", "GET", "POST", "DELETE", "HEAD", "OPTIONS", "FOO");
    private static final List<String> SEGMENTS = List.of(
            "a", "b", "c", "x1", "x22", "p.png", "A", "%61", "a%20b", "~t", "a;v=1", "..", ".", "", "x..", "x.");
    private static final List<String> ODD = List.of("%2f", "%5c", "%00", "%zz", "..;", "\\", "a\"b", "%2e%2e");
    private static final List<String> HOSTS = List.of(
            "api.example", "api.example", "API.example:8080", "www.api.example", "other", "[::1]:80", "api.example.");
    private static final List<String> QUERIES =
            List.of("v=1", "v=2", "q=a%20b", "flag", "v=", "lang=it&v=1", "a=1&a=2");
    private static final List<String> GATE = List.of("deny", "answer", "later", "change", "note");
    private static final List<String> CLIENTS =
            List.of("10.0.0.7", "10.1.2.3, 10.0.0.9", "192.168.3.4", "fd00::7", "junk");

    static RandomRequest of(RandomGenerator random) {
        StringBuilder target = new StringBuilder();
        int segments = random.nextInt(3);
        for (int i = 0; i <= segments; i++) {
            target.append('/')
                    .append(pick(random, random.nextInt(60) == 0 ? ODD : SEGMENTS.subList(0, likely(random))));
        }
        if (random.nextInt(3) == 0) {
            target.append('?').append(pick(random, QUERIES));
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Host", pick(random, HOSTS)));
        some(random, headers, "X-V", List.of("1", "2", "31", "no"), 3);
        some(random, headers, "X-User", List.of("alice", "bob", "eve", "mallory"), 2);
        some(random, headers, "X-Gate", GATE, 4);
        some(random, headers, "Cookie", List.of("sid=1", "sid=2; beta=yes", "beta=no", "beta"), 4);
        some(random, headers, "X-Forwarded-For", CLIENTS, 3);
        some(random, headers, "X-Forwarded-Proto", List.of("https", "http"), 8);
        some(random, headers, "Accept", List.of("application/problem+json", "text/html"), 8);
        String method = pick(random, METHODS);
        String body = method.equals("POST") ? "b".repeat(random.nextInt(40)) : "";
        return new RandomRequest(method, target.toString(), headers, body);
    }

    /// Mostly plain ones.
    private static int likely(RandomGenerator random) {
        return random.nextInt(4) == 0 ? SEGMENTS.size() : 6;
    }

    private static void some(
            RandomGenerator random,
            List<Map.Entry<String, String>> headers,
            String name,
            List<String> values,
            int oneIn) {
        if (random.nextInt(oneIn) == 0) {
            headers.add(Map.entry(name, pick(random, values)));
        }
    }

    static String pick(RandomGenerator random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    Question question() {
        return new Question(method, target, headers, body.getBytes(StandardCharsets.US_ASCII), Question.LOCAL, null);
    }

    /// The octets a client would send.
    String wire() {
        StringBuilder text =
                new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        headers.forEach(field -> text.append(field.getKey())
                .append(": ")
                .append(field.getValue())
                .append("\r\n"));
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }
}
