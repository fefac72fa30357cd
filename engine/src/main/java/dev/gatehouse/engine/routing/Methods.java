package dev.gatehouse.engine.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The methods a table knows, one bit each, so that a set of them is a `long`. Filled while the table is built.
///
/// GET answers HEAD too (RFC 9110 §9.3.2). OPTIONS is a method like the others: a route that lists methods answers it
/// only when it is among them.
final class Methods {
    /// All methods, those the table has no bit for included.
    static final long ANY = -1L;

    static final long GET = 1;
    static final long HEAD = 2;

    /// The bit of every method no route names.
    private static final long OTHER = 1L << 63;

    private static final List<String> STANDARD =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE");

    private final List<String> names = new ArrayList<>(STANDARD);
    private byte[][] octets = STANDARD.stream().map(Methods::octets).toArray(byte[][]::new);

    /// The bit of a method a route names.
    long add(String name) throws PatternFault {
        check(name);
        int i = names.indexOf(name);
        if (i < 0) {
            i = names.size();
            if (i == 63) {
                throw new PatternFault(0, "one gateway tells at most 63 methods apart");
            }
            names.add(name);
            octets = Arrays.copyOf(octets, i + 1);
            octets[i] = octets(name);
        }
        return 1L << i;
    }

    private static void check(String name) throws PatternFault {
        String upper = name.toUpperCase(Locale.ROOT);
        if (name.equals("*") || upper.equals("ANY") || upper.equals("ALL")) {
            throw new PatternFault(0, "'" + name + "': leave methods out to answer all of them");
        }
        if (STANDARD.contains(upper) && !name.equals(upper)) {
            throw new PatternFault(
                    0, "'" + name + "' is another method than " + upper + ": methods are written in capitals");
        }
        if (name.isEmpty() || name.length() > 32) {
            throw new PatternFault(0, "a method has 1 to 32 characters");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c >= 0x80 || !Character.isLetterOrDigit(c)) && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                throw new PatternFault(i, "this character never stands in a method");
            }
        }
    }

    /// The bit of the method of a request.
    long bit(byte[] bytes, int from, int to) {
        byte[][] known = octets;
        for (int i = 0; i < known.length; i++) {
            byte[] method = known[i];
            if (method.length == to - from && Arrays.equals(bytes, from, to, method, 0, method.length)) {
                return 1L << i;
            }
        }
        return OTHER;
    }

    /// The set with what it implies.
    static long withImplied(long listed) {
        return (listed & GET) != 0 ? listed | HEAD : listed;
    }

    /// In the order the table came to know them, the standard ones first.
    List<String> names(long set) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if ((set & 1L << i) != 0) {
                found.add(names.get(i));
            }
        }
        return List.copyOf(found);
    }

    /// Why a request is not for a route with this set.
    Miss miss(long set, RouteRequest request) {
        String found = new String(
                request.octets(),
                request.methodStart(),
                request.methodEnd() - request.methodStart(),
                StandardCharsets.ISO_8859_1);
        return new Miss(Miss.Part.METHOD, "method is " + found + ", needs " + String.join(" or ", names(set)));
    }

    /// One of the set, for an example.
    String oneOf(long set) {
        return set == 0 || (set & GET) != 0 ? "GET" : names.get(Long.numberOfTrailingZeros(set));
    }

    private static byte[] octets(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
