package dev.gatehouse.policy.auth.hmac;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Reads the structured fields of a signature (RFC 9651 §4.2): dictionaries of inner lists, and of octets. Stricter in
/// one thing: a name that comes twice is refused, as two readers could mean two things by it. One pass, no recursion.
final class FieldReader {
    private final String text;
    private int at;

    private FieldReader(String text) {
        this.text = text;
    }

    /// `sig1=("@method" "@path");created=1;keyid="a"`
    ///
    /// @throws IllegalArgumentException for anything else
    static Map<String, SignatureInput> inputs(String text) {
        return new FieldReader(text).dictionary(reader -> reader.input());
    }

    /// `sig1=:YWJj:`
    ///
    /// @throws IllegalArgumentException for anything else
    static Map<String, byte[]> octets(String text) {
        return new FieldReader(text).dictionary(reader -> {
            if (!(reader.bare() instanceof FieldValue.Octets(byte[] octets))) {
                throw reader.unexpected("octets between colons");
            }
            reader.parameters();
            return octets;
        });
    }

    private <T> Map<String, T> dictionary(Function<FieldReader, T> member) {
        Map<String, T> members = new LinkedHashMap<>();
        blanks(false);
        while (true) {
            String key = key();
            expect('=');
            if (members.put(key, member.apply(this)) != null) {
                throw new IllegalArgumentException("the field has a member twice");
            }
            blanks(true);
            if (at == text.length()) {
                return members;
            }
            expect(',');
            blanks(true);
        }
    }

    private SignatureInput input() {
        expect('(');
        List<SignatureInput.Component> components = new ArrayList<>();
        while (true) {
            blanks(false);
            if (peek() == ')') {
                at++;
                return new SignatureInput(List.copyOf(components), parameters());
            }
            if (!(bare() instanceof FieldValue.Text(String name))) {
                throw unexpected("a component in quotes");
            }
            components.add(new SignatureInput.Component(name, parameters()));
            if (peek() != ' ' && peek() != ')') {
                throw unexpected("a blank or )");
            }
        }
    }

    private Map<String, FieldValue> parameters() {
        Map<String, FieldValue> parameters = new LinkedHashMap<>();
        while (peek() == ';') {
            at++;
            blanks(false);
            String key = key();
            FieldValue value = new FieldValue.Flag(true);
            if (peek() == '=') {
                at++;
                value = bare();
            }
            if (parameters.put(key, value) != null) {
                throw new IllegalArgumentException("a parameter comes twice");
            }
        }
        return parameters;
    }

    private String key() {
        int from = at;
        if (!(isLower(peek()) || peek() == '*')) {
            throw unexpected("a name");
        }
        while (isLower(peek()) || isDigit(peek()) || (peek() != 0 && "_-.*".indexOf(peek()) >= 0)) {
            at++;
        }
        return text.substring(from, at);
    }

    private FieldValue bare() {
        char c = peek();
        if (c == '"') {
            return quoted();
        }
        if (c == ':') {
            return octets();
        }
        if (c == '?') {
            at++;
            char flag = peek();
            if (flag != '0' && flag != '1') {
                throw unexpected("?0 or ?1");
            }
            at++;
            return new FieldValue.Flag(flag == '1');
        }
        return c == '-' || isDigit(c) ? whole() : word();
    }

    private FieldValue quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return new FieldValue.Text(value.toString());
            }
            if (c == '\\') {
                c = peek();
                at++;
                if (c != '"' && c != '\\') {
                    throw unexpected("\\\" or \\\\");
                }
            } else if (c < ' ' || c > '~') {
                throw unexpected("visible ASCII");
            }
            value.append(c);
        }
    }

    private FieldValue octets() {
        int end = text.indexOf(':', at + 1);
        if (end < 0) {
            throw unexpected("octets that end with a colon");
        }
        String base64 = text.substring(at + 1, end);
        at = end + 1;
        return new FieldValue.Octets(Base64.getDecoder().decode(base64));
    }

    /// At most 15 digits (RFC 9651 §3.3.1). Fractions are no part of a signature.
    private FieldValue whole() {
        int from = at;
        at += peek() == '-' ? 1 : 0;
        int digits = at;
        while (isDigit(peek())) {
            at++;
        }
        if (at == digits || at - digits > 15 || peek() == '.') {
            throw unexpected("a whole number");
        }
        return new FieldValue.Whole(Long.parseLong(text.substring(from, at)));
    }

    private FieldValue word() {
        int from = at;
        if (!(isLower(peek()) || (peek() >= 'A' && peek() <= 'Z') || peek() == '*')) {
            throw unexpected("a value");
        }
        while (isLower(peek())
                || (peek() >= 'A' && peek() <= 'Z')
                || isDigit(peek())
                || (peek() != 0 && "!#$%&'*+-.^_`|~:/".indexOf(peek()) >= 0)) {
            at++;
        }
        return new FieldValue.Word(text.substring(from, at));
    }

    private void blanks(boolean tabsToo) {
        while (peek() == ' ' || (tabsToo && peek() == '\t')) {
            at++;
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw unexpected("'" + wanted + "'");
        }
        at++;
    }

    /// The next character; 0, which no field holds, at the end.
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private IllegalArgumentException unexpected(String wanted) {
        return new IllegalArgumentException(wanted + " expected at character " + Math.min(at, text.length()));
    }
}
