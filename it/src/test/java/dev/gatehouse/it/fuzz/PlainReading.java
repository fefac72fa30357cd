package dev.gatehouse.it.fuzz;

import static dev.gatehouse.it.fuzz.ConnectionObserver.check;

import dev.gatehouse.http1.FieldBlock;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An accepted head once more, read with strings, lists and regular expressions: slow, and so plain that it can be
/// checked against the RFCs by reading it. The codec has to agree with it.
final class PlainReading {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]{2,}]|[A-Za-z0-9._~-]+)(?::([0-9]{1,5}))?");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})|%00");
    private static final Pattern REFUSED_ESCAPE = Pattern.compile("%([01].|7F)");
    private static final Pattern DOTS_BESIDE_AN_ESCAPED_SLASH =
            Pattern.compile("(/|%2F|%5C)\\.\\.?(%2F|%5C)|(%2F|%5C)\\.\\.?(;|%3B|/|$)");
    private static final Pattern TARGET = Pattern.compile("[\\x21-\\x7e&&[^#\\\\]]*");
    private static final Pattern CHUNK_SIZE =
            Pattern.compile("([0-9A-Fa-f]{1,15})(;[\t\\x20-\\x7e\\x80-\\xff]{0,1024})?\r\n");
    private static final Set<String> ONE_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    private record Field(String name, String value) {
        boolean is(String wanted) {
            return name.equalsIgnoreCase(wanted);
        }

        /// As a service sees it that turns names into environment variables.
        String folded() {
            return name.toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final String startLine;
    private final List<Field> fields = new ArrayList<>();

    PlainReading(byte[] bytes, int from, int to, HeadLimits limits) {
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\r\n")) {
            text = text.substring(2);
        }
        check(text.endsWith("\r\n\r\n"), "plain: the head does not end in an empty line");
        String[] lines = text.substring(0, text.length() - 4).split("\r\n", -1);
        startLine = lines[0];
        check(startLine.length() <= limits.startLine(), "plain: a start line beyond its limit");
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            check(colon > 0, "plain: a line without a name");
            fields.add(new Field(lines[i].substring(0, colon), trim(lines[i].substring(colon + 1))));
        }
    }

    void compare(ParsedRequest request) {
        String[] parts = startLine.split(" ", -1);
        check(parts.length == 3, "plain: not three parts in the request line");
        check(TOKEN.matcher(parts[0]).matches() && parts[0].equals(request.method()), "plain: method");
        check(parts[2].equals(request.isHttp10() ? "HTTP/1.0" : "HTTP/1.1"), "plain: version");
        compareTarget(parts[1], request);
        compareFields(request, !request.isHttp10());

        List<String> hosts = values("host");
        check(hosts.size() == 1 || (hosts.isEmpty() && request.isHttp10()), "plain: hosts");
        check(hosts.stream().allMatch(PlainReading::isAuthority), "plain: Host");
        check(request.host().isEmpty() ? request.isHttp10() : isAuthority(request.host()), "plain: host");
        compareFraming(request.isChunked(), request.contentLength());
        check(!request.isChunked() || !request.isHttp10(), "plain: a coding in 1.0");
        Set<String> options = options();
        boolean keepAlive = !options.contains("close") && (!request.isHttp10() || options.contains("keep-alive"));
        check(keepAlive == request.keepAlive(), "plain: keep-alive");
        boolean upgrade = options.contains("upgrade") && values("upgrade").size() == 1 && !request.isHttp10();
        check(
                upgrade ? fields.get(request.upgradeField()).is("upgrade") : request.upgradeField() < 0,
                "plain: upgrade");
        check(
                request.expectsContinue()
                        == (!request.isHttp10() && !values("expect").isEmpty()),
                "plain: expect");
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            boolean dropped = ONE_HOP.contains(field.folded())
                    || nominated(field)
                    || (request.isAbsolute() && field.is("host"))
                    || (request.isHttp10() && field.is("expect"));
            check(!dropped || request.dropped(i), "plain: a field is forwarded: " + field);
            check(dropped || !request.dropped(i) || field.name().contains("_"), "plain: a field is lost: " + field);
        }
    }

    private static boolean isAuthority(String host) {
        Matcher parts = AUTHORITY.matcher(host);
        return parts.matches() && (parts.group(1) == null || Integer.parseInt(parts.group(1)) <= 65535);
    }

    private void compareTarget(String target, ParsedRequest request) {
        String rest = target;
        String scheme = target.toLowerCase(Locale.ROOT);
        if (scheme.startsWith("http://") || scheme.startsWith("https://")) {
            rest = target.substring(scheme.indexOf("//") + 2);
            int end = 0;
            while (end < rest.length() && "/?".indexOf(rest.charAt(end)) < 0) {
                end++;
            }
            check(request.isAbsolute() && request.host().equals(rest.substring(0, end)), "plain: target's host");
            rest = rest.substring(end);
            rest = rest.startsWith("/") ? rest : "/" + rest;
        } else {
            check(!request.isAbsolute(), "plain: not an absolute target");
            check(String.join(",", values("host")).equals(request.host()), "plain: host");
        }
        check(TARGET.matcher(target).matches(), "plain: an octet no target has");
        check(!BROKEN_ESCAPE.matcher(target).find(), "plain: a broken escape");
        int question = rest.indexOf('?');
        check(request.hasQuery() == (question >= 0), "plain: has a query");
        if (question >= 0) {
            check(request.query().equals(rest.substring(question + 1)), "plain: query");
            rest = rest.substring(0, question);
        }
        String path = rest.toUpperCase(Locale.ROOT);
        check(request.hasEncodedSlash() == path.contains("%2F"), "plain: an escaped slash");
        check(request.hasEncodedBackslash() == path.contains("%5C"), "plain: an escaped backslash");
        check(request.path().equals(rest.equals("*") ? rest : normal(rest)), "plain: path, expected " + normal(rest));
    }

    /// RFC 3986 §6.2.2, no empty segments, and no escape that stands for something else to the next reader.
    private static String normal(String path) {
        String decoded = ESCAPE.matcher(path).replaceAll(escape -> {
            char c = (char) Integer.parseInt(escape.group(1), 16);
            boolean unreserved = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            return unreserved ? String.valueOf(c) : escape.group().toUpperCase(Locale.ROOT);
        });
        check(!REFUSED_ESCAPE.matcher(decoded).find(), "plain: a dangerous escape");
        check(!decoded.matches(".*/\\.\\.?(;|%3B).*"), "plain: a dot segment with parameters");
        check(!DOTS_BESIDE_AN_ESCAPED_SLASH.matcher(decoded).find(), "plain: dots beside an escaped slash");
        checkUtf8(decoded);
        Deque<String> segments = new ArrayDeque<>();
        String last = "";
        for (String segment : decoded.split("/", -1)) {
            last = segment;
            if (segment.equals("..")) {
                check(!segments.isEmpty(), "plain: the path leads out of its root");
                segments.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        boolean folder = last.isEmpty() || last.equals(".") || last.equals("..");
        return "/" + String.join("/", segments) + (folder && !segments.isEmpty() ? "/" : "");
    }

    private static void checkUtf8(String path) {
        String octets = ESCAPE.matcher(path)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (CharacterCodingException e) {
            throw new AssertionError("plain: the path is not UTF-8", e);
        }
    }

    void compare(ParsedResponse response) {
        check(startLine.matches("(?s)HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?"), "plain: status line");
        check(VALUE.matcher(startLine).matches(), "plain: status line");
        check(startLine.startsWith(Integer.toString(response.status()), 9), "plain: status");
        compareFields(response, true);
        compareFraming(response.isChunked(), response.contentLength());
        boolean http10 = startLine.charAt(7) == '0';
        check(!response.isChunked() || !http10, "plain: a coding in 1.0");
        Set<String> options = options();
        boolean keepAlive = !options.contains("close") && (!http10 || options.contains("keep-alive"));
        check(keepAlive == response.keepAlive(), "plain: keep-alive");
        for (int i = 0; i < fields.size(); i++) {
            boolean dropped = ONE_HOP.contains(fields.get(i).folded()) || nominated(fields.get(i));
            check(dropped == response.dropped(i), "plain: dropped or not: " + fields.get(i));
        }
    }

    /// Holds the octets of a whole body against the data that was read from them.
    ///
    /// @param length the body's length, or -1 when it is chunked
    static void compareBody(byte[] bytes, int from, int to, long length, byte[] data, @Nullable Trailers trailers) {
        String sent = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        String read = new String(data, StandardCharsets.ISO_8859_1);
        if (length >= 0) {
            check(sent.equals(read) && read.length() == length, "plain: body of known length");
            return;
        }
        StringBuilder expected = new StringBuilder();
        int at = 0;
        while (true) {
            Matcher size = CHUNK_SIZE.matcher(sent).region(at, sent.length());
            check(size.lookingAt(), "plain: chunk size");
            at = size.end();
            int chunk = Math.toIntExact(Long.parseLong(size.group(1), 16));
            if (chunk == 0) {
                break;
            }
            expected.append(sent, at, at + chunk);
            at += chunk + 2;
            check(sent.startsWith("\r\n", at - 2), "plain: end of a chunk");
        }
        check(expected.toString().equals(read), "plain: data of the chunks");
        check(sent.startsWith("\r\n", at) ? sent.length() == at + 2 : sent.endsWith("\r\n\r\n"), "plain: end");
        if (trailers == null) {
            return;
        }
        for (int i = 0; i < trailers.count(); i++) {
            Field field = new Field(trailers.name(i), trailers.value(i));
            boolean dangerous = ONE_HOP.contains(field.folded())
                    || Set.of("host", "content-length", "expect", "x-request-id")
                            .contains(field.folded());
            check(!dangerous || trailers.dropped(i), "plain: a trailer is forwarded: " + field);
        }
    }

    private void compareFields(FieldBlock block, boolean expectCounts) {
        check(block.count() == fields.size(), "plain: number of fields");
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            check(TOKEN.matcher(field.name()).matches() && field.name().equals(block.name(i)), "plain: name");
            check(VALUE.matcher(field.value()).matches() && field.value().equals(block.value(i)), "plain: value");
            boolean wrongExpectation = field.is("expect") && !field.value().equalsIgnoreCase("100-continue");
            check(!(block instanceof ParsedRequest) || !expectCounts || !wrongExpectation, "plain: expectation");
        }
    }

    private void compareFraming(boolean chunked, long contentLength) {
        List<String> lengths = values("content-length");
        List<String> codings = values("transfer-encoding");
        check(lengths.size() + codings.size() <= 1, "plain: more than one framing");
        check(chunked == !codings.isEmpty(), "plain: chunked");
        check(!chunked || codings.getFirst().equalsIgnoreCase("chunked"), "plain: coding");
        check(contentLength == (lengths.isEmpty() ? -1 : Long.parseLong(lengths.getFirst())), "plain: length");
        check(lengths.isEmpty() || lengths.getFirst().matches("[0-9]+"), "plain: length");
    }

    private boolean nominated(Field field) {
        return !field.folded().equals("host")
                && !field.folded().equals("content-length")
                && options().contains(field.folded())
                // These words speak of the connection and name no field.
                && !Set.of("close", "keep-alive", "upgrade").contains(field.folded());
    }

    private Set<String> options() {
        Set<String> options = new HashSet<>();
        for (String value : values("connection")) {
            for (String option : value.split(",")) {
                String word = trim(option).toLowerCase(Locale.ROOT);
                options.add(word.equals("keep_alive") ? word : word.replace('_', '-'));
            }
        }
        return options;
    }

    private List<String> values(String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
    }

    private static String trim(String text) {
        return text.replaceAll("^[ \t]+|[ \t]+$", "");
    }
}
