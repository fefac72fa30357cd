package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.engine.explain.Question;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/// A request for a [PolicyHarness]. Immutable: each method gives a changed copy.
///
/// ```java
/// request("POST /orders?express").header("Content-Type", "application/json").from("10.0.0.7").body("{}")
/// ```
public final class PolicyRequest {
    private static final int ANY_PORT = 40_000;

    private final Question question;

    private PolicyRequest(Question question) {
        this.question = question;
    }

    /// @param line method and target: `GET /menus/7?lang=de`
    public static PolicyRequest request(String line) {
        int blank = line.indexOf(' ');
        if (blank < 0) {
            throw new IllegalArgumentException("not a method and a target: '" + line + "'");
        }
        return new PolicyRequest(Question.of(line.substring(0, blank), line.substring(blank + 1)));
    }

    /// Adds a header line.
    public PolicyRequest header(String name, String value) {
        return new PolicyRequest(question.with(name, value));
    }

    /// @param address where the connection comes from; this machine's when nobody says
    public PolicyRequest from(String address) {
        return copy(question.body(), new InetSocketAddress(InetAddress.ofLiteral(address), ANY_PORT));
    }

    /// @param text in UTF-8
    public PolicyRequest body(String text) {
        return body(text.getBytes(UTF_8));
    }

    public PolicyRequest body(byte[] octets) {
        return copy(octets.clone(), question.from());
    }

    /// Over TLS, from a client that has shown this certificate and is believed.
    ///
    /// @param chain its own first, then who has issued the one before
    public PolicyRequest certificate(X509Certificate... chain) {
        return new PolicyRequest(new Question(
                question.method(),
                question.target(),
                question.headers(),
                question.body(),
                question.from(),
                null,
                List.of(chain),
                question.asker()));
    }

    private PolicyRequest copy(byte[] body, InetSocketAddress from) {
        return new PolicyRequest(new Question(
                question.method(),
                question.target(),
                question.headers(),
                body,
                from,
                null,
                question.certificates(),
                question.asker()));
    }

    Question question() {
        return question;
    }

    @Override
    public String toString() {
        return question.method() + " " + question.target();
    }
}
