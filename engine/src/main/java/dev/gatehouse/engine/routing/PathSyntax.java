package dev.gatehouse.engine.routing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads one path pattern. Used once.
final class PathSyntax {
    /// A deeper pattern is a mistake; the trie is walked by recursion.
    private static final int MAX_SEGMENTS = 128;

    private static final String UNRESERVED = "-._~";

    private final String text;
    private final List<String> parameters = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private int deep = -1;

    PathSyntax(String text) {
        this.text = text;
    }

    PathPattern parse() throws PatternFault {
        if (text.startsWith("~")) {
            return new PathPattern(text, regex(text, 1));
        }
        if (!text.startsWith("/")) {
            throw new PatternFault(0, "a path starts with '/', a regular expression with '~'");
        }
        for (int from = 1; from <= text.length(); ) {
            int slash = text.indexOf('/', from);
            int to = slash < 0 ? text.length() : slash;
            segment(from, to);
            from = to + 1;
        }
        if (segments.size() > MAX_SEGMENTS) {
            throw new PatternFault(0, "a path pattern has at most " + MAX_SEGMENTS + " segments");
        }
        Segment[] all = segments.toArray(Segment[]::new);
        if (deep < 0) {
            return new PathPattern(text, all, null, parameters);
        }
        Segment[] head = Arrays.copyOf(all, deep);
        return new PathPattern(text, head, Arrays.copyOfRange(all, deep, all.length), parameters);
    }

    /// Compiles the expression that starts at `from`.
    static Pattern regex(String text, int from) throws PatternFault {
        try {
            return Pattern.compile(text.substring(from));
        } catch (PatternSyntaxException e) {
            throw new PatternFault(
                    from + Math.max(e.getIndex(), 0), "not a regular expression of RE2: " + e.getDescription());
        }
    }

    private void segment(int from, int to) throws PatternFault {
        String segment = text.substring(from, to);
        if (segment.equals("**")) {
            if (deep >= 0) {
                throw new PatternFault(from, "'**' may stand once in a path");
            }
            deep = segments.size();
            parameter("rest", from);
            return;
        }
        if (segment.isEmpty() && to < text.length()) {
            throw new PatternFault(from, "'//' matches nothing: a request's '//' becomes '/'");
        }
        if (segment.equals(".") || segment.equals("..") || segment.startsWith("..;")) {
            throw new PatternFault(from, "'" + segment + "' matches nothing: it is resolved or refused before routing");
        }
        segments.add(parts(from, to));
    }

    private Segment parts(int from, int to) throws PatternFault {
        List<byte[]> texts = new ArrayList<>();
        List<Boolean> named = new ArrayList<>();
        ByteArrayOutputStream literal = new ByteArrayOutputStream();
        int afterGap = -1;
        for (int i = from; i < to; ) {
            char c = text.charAt(i);
            if (c != '*' && c != '{') {
                i = literal(i, to, literal);
                continue;
            }
            if (c == '*' && i + 1 < to && text.charAt(i + 1) == '*') {
                throw new PatternFault(i, "'**' stands for whole segments: it needs a '/' on both sides");
            }
            if (afterGap == i) {
                throw new PatternFault(i, "two variable parts need text between them");
            }
            named.add(c == '{');
            texts.add(literal.toByteArray());
            literal.reset();
            i = c == '{' ? parameter(i, to) : i + 1;
            afterGap = i;
        }
        byte[] last = literal.toByteArray();
        checkUtf8(last, from);
        if (named.isEmpty()) {
            return new LiteralSegment(last);
        }
        if (texts.size() == 1 && texts.getFirst().length == 0 && last.length == 0) {
            return named.getFirst() ? Segment.Open.PARAMETER : Segment.Open.STAR;
        }
        for (byte[] part : texts) {
            checkUtf8(part, from);
        }
        texts.add(last);
        boolean[] isNamed = new boolean[named.size()];
        for (int i = 0; i < isNamed.length; i++) {
            isNamed[i] = named.get(i);
        }
        return new MixedSegment(texts.toArray(byte[][]::new), isNamed);
    }

    /// Reads `{name}` and answers where it ends.
    private int parameter(int from, int to) throws PatternFault {
        int end = text.indexOf('}', from);
        if (end < 0 || end >= to) {
            throw new PatternFault(from, "'{' without its '}'");
        }
        String name = text.substring(from + 1, end);
        boolean valid = !name.isEmpty() && isLetter(name.charAt(0));
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            valid &= isLetter(c) || isDigit(c) || c == '-';
        }
        if (!valid) {
            throw new PatternFault(
                    from + 1, "a parameter is a name of letters, digits, '_' and '-', such as {id}, without a pattern");
        }
        parameter(name, from + 1);
        return end + 1;
    }

    private void parameter(String name, int position) throws PatternFault {
        if (parameters.contains(name)) {
            String why = name.equals("rest") ? "'rest' is the name of what '**' took" : "given twice";
            throw new PatternFault(position, "parameter '" + name + "': " + why);
        }
        parameters.add(name);
    }

    /// Reads one character or escape in its normal form and answers where it ends.
    private int literal(int at, int to, ByteArrayOutputStream out) throws PatternFault {
        char c = text.charAt(at);
        if (c == '%') {
            return escape(at, to, out);
        }
        if (c == '?' || c == '#') {
            throw new PatternFault(at, "a path has no '" + c + "'; conditions on the query stand under match");
        }
        if (c == '\\' || c == '}' || c < 0x20 || c == 0x7f) {
            throw new PatternFault(at, c == '}' ? "'}' without its '{'" : "this character never stands in a path");
        }
        if (c > 0x20 && c < 0x7f) {
            out.write(c);
            return at + 1;
        }
        int length = Character.charCount(text.codePointAt(at));
        for (byte octet : text.substring(at, at + length).getBytes(StandardCharsets.UTF_8)) {
            writeEscape(octet & 0xff, out);
        }
        return at + length;
    }

    private int escape(int at, int to, ByteArrayOutputStream out) throws PatternFault {
        int high = at + 2 < to ? Character.digit(text.charAt(at + 1), 16) : -1;
        int low = at + 2 < to ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new PatternFault(at, "'%' is followed by two hexadecimal digits");
        }
        int value = high * 16 + low;
        if (value == '/' || value == '\\') {
            throw new PatternFault(
                    at, "a pattern holds no escaped slash; write {name} or '*' for what allow_encoded lets in");
        }
        if (value < 0x20 || value == 0x7f) {
            throw new PatternFault(at, "matches nothing: requests with this escape are refused before routing");
        }
        boolean unreserved =
                value < 0x80 && (isLetter((char) value) || isDigit((char) value) || UNRESERVED.indexOf(value) >= 0);
        if (unreserved) {
            out.write(value);
        } else {
            writeEscape(value, out);
        }
        return at + 3;
    }

    private static void writeEscape(int value, ByteArrayOutputStream out) {
        out.write('%');
        out.write(Character.toUpperCase(Character.forDigit(value >> 4, 16)));
        out.write(Character.toUpperCase(Character.forDigit(value & 15, 16)));
    }

    private static void checkUtf8(byte[] literal, int position) throws PatternFault {
        byte[] decoded = new byte[literal.length];
        int n = 0;
        for (int i = 0; i < literal.length; i++) {
            if (literal[i] == '%') {
                decoded[n++] = (byte) (Character.digit(literal[i + 1], 16) * 16 + Character.digit(literal[i + 2], 16));
                i += 2;
            } else {
                decoded[n++] = literal[i];
            }
        }
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded, 0, n));
        } catch (CharacterCodingException e) {
            throw new PatternFault(position, "matches nothing: its escapes are not UTF-8");
        }
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
