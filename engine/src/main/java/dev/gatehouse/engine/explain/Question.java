package dev.gatehouse.engine.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request nobody sent. What it says is not checked here: the data path itself refuses what it would refuse.
///
/// @param method letters in their case
/// @param target path and query, or a whole URL as proxies are sent it
/// @param headers in order; without a Host field, `localhost` is asked
/// @param body octets; a length is announced when there are any
/// @param from the address the connection comes from
/// @param listener the name of the one it comes in through; null for the first
/// @param certificates what the client shows, its own first; empty for nothing
/// @param asker who asks; null when all about it is in the head
@SuppressWarnings("ArrayRecordComponent") // nobody compares questions
public record Question(
        String method,
        String target,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        InetSocketAddress from,
        @Nullable String listener,
        List<X509Certificate> certificates,
        @Nullable Asker asker) {
    /// Belongs to this machine.
    public static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 40_000);

    public Question {
        headers = List.copyOf(headers);
        certificates = List.copyOf(certificates);
        requireOneLine(method);
        requireOneLine(target);
        headers.forEach(field -> {
            requireOneLine(field.getKey());
            requireOneLine(field.getValue());
        });
    }

    /// From a client that shows no certificate.
    public Question(
            String method,
            String target,
            List<Map.Entry<String, String>> headers,
            byte[] body,
            InetSocketAddress from,
            @Nullable String listener) {
        this(method, target, headers, body, from, listener, List.of(), null);
    }

    public static Question of(String method, String target) {
        return new Question(method, target, List.of(), new byte[0], LOCAL, null);
    }

    public Question with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Question(method, target, more, body, from, listener, certificates, asker);
    }

    /// The same about another path and query.
    Question at(String other) {
        return new Question(method, other, headers, body, from, listener, certificates, asker);
    }

    /// The same from somebody else.
    public Question askedBy(@Nullable Asker other) {
        return new Question(method, target, headers, body, from, listener, certificates, other);
    }

    /// The same from a client that shows these certificates.
    ///
    /// @param pem the client's own first
    /// @throws IllegalArgumentException when there is none in it
    public Question showing(byte[] pem) {
        List<X509Certificate> shown;
        try {
            shown = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not a certificate in PEM: " + e.getMessage(), e);
        }
        if (shown.isEmpty()) {
            throw new IllegalArgumentException("there is no certificate in it (expected: PEM)");
        }
        return new Question(method, target, headers, body, from, listener, shown, asker);
    }

    /// Whom it asks, as a handshake names it: in lower case, without port.
    String host() {
        int scheme = target.indexOf("://");
        String host = "localhost";
        if (scheme > 0) {
            String rest = target.substring(scheme + 3);
            int slash = rest.indexOf('/');
            host = slash < 0 ? rest : rest.substring(0, slash);
        } else {
            for (Map.Entry<String, String> field : headers) {
                host = field.getKey().equalsIgnoreCase("host")
                        ? field.getValue().strip()
                        : host;
            }
        }
        int port = host.lastIndexOf(':');
        return (port > host.lastIndexOf(']') ? host.substring(0, port) : host).toLowerCase(Locale.ROOT);
    }

    /// The head, as it would be on the wire.
    byte[] head() {
        StringBuilder text = new StringBuilder(256);
        text.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        if (!has("host")) {
            text.append("Host: localhost\r\n");
        }
        headers.forEach(field -> text.append(field.getKey())
                .append(": ")
                .append(field.getValue())
                .append("\r\n"));
        if (body.length > 0 && !has("content-length") && !has("transfer-encoding")) {
            text.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(text.append("\r\n").toString().getBytes(UTF_8));
        return octets.toByteArray();
    }

    private boolean has(String name) {
        return headers.stream().anyMatch(field -> field.getKey().equalsIgnoreCase(name));
    }

    /// One question is one request.
    private static void requireOneLine(String text) {
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line break in '" + text.strip() + "'");
        }
    }
}
