package dev.gatehouse.engine.routing;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Which hosts a route answers: one, all below a domain, or any.
///
/// `*.example.com` is one or more labels in front of `.example.com`, as with Envoy and nginx: `www.example.com` and
/// `a.b.example.com`, not `example.com`. Names in other scripts are kept in their ASCII form (RFC 5891).
///
/// @param name in lower case without a final dot: a host, or for a wildcard the domain with its leading dot, or empty
/// @param specificity the higher wins: 0 for any host, the length of the domain for a wildcard, more for one host
record HostPattern(Kind kind, String name, int specificity) {
    enum Kind {
        EXACT,
        WILDCARD,
        ANY
    }

    static final HostPattern ANY = new HostPattern(Kind.ANY, "", 0);

    static HostPattern parse(String text) throws PatternFault {
        if (text.equals("*")) {
            return ANY;
        }
        boolean wildcard = text.startsWith("*.");
        String name = wildcard ? text.substring(1) : text;
        if (!name.startsWith("[")) {
            name = checkedName(text, name, wildcard ? 1 : 0);
        } else if (!name.endsWith("]")) {
            throw new PatternFault(0, "an IPv6 address stands in brackets, without a port: [::1]");
        }
        name = name.toLowerCase(Locale.ROOT);
        return wildcard
                ? new HostPattern(Kind.WILDCARD, name, name.length())
                : new HostPattern(Kind.EXACT, name, Integer.MAX_VALUE);
    }

    private static String checkedName(String text, String name, int offset) throws PatternFault {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '*') {
                throw new PatternFault(offset + i, "'*' stands alone or for the whole first part: *.example.com");
            }
            if (c == ':') {
                throw new PatternFault(
                        offset + i, "a host is given without scheme and port: a request's port is ignored");
            }
            if (c < 0x80 && "-._~".indexOf(c) < 0 && !Character.isLetterOrDigit(c)) {
                throw new PatternFault(offset + i, "this character never stands in a host");
            }
        }
        String stripped = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (stripped.isEmpty() || stripped.contains("..") || (offset == 0 && stripped.startsWith("."))) {
            throw new PatternFault(0, "'" + text + "' is not a host");
        }
        return toAscii(stripped);
    }

    private static String toAscii(String name) throws PatternFault {
        if (name.chars().allMatch(c -> c < 0x80)) {
            return name;
        }
        try {
            return name.startsWith(".") ? "." + IDN.toASCII(name.substring(1)) : IDN.toASCII(name);
        } catch (IllegalArgumentException e) {
            throw new PatternFault(0, "'" + name + "' is not a host");
        }
    }

    byte[] octets() {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    /// Whether every host `other` matches is matched by this one too.
    boolean covers(HostPattern other) {
        return switch (kind) {
            case ANY -> true;
            case WILDCARD ->
                other.kind != Kind.ANY
                        && other.name.endsWith(name)
                        && (other.kind == Kind.WILDCARD || other.name.length() > name.length());
            case EXACT -> equals(other);
        };
    }

    /// A host it matches; empty when any will do.
    String example() {
        return kind == Kind.WILDCARD ? "www" + name : name;
    }

    @Override
    public String toString() {
        return kind == Kind.ANY ? "*" : kind == Kind.WILDCARD ? "*" + name : name;
    }
}
