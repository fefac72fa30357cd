package dev.gatehouse.http1;

/// Walks the pairs of a query, `name=value` with `&` between them, as they stand: nothing is decoded before somebody
/// asks, and nothing is ever changed. The query's escapes were checked when its head was parsed.
///
/// ```java
/// var pairs = new QueryPairs(bytes, from, to);
/// while (pairs.next()) { … }
/// ```
public final class QueryPairs {
    private final byte[] bytes;
    private final int queryEnd;
    private int start;
    private int nameEnd;
    private int end;

    /// @param from the first octet behind the `?`
    public QueryPairs(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.queryEnd = to;
        this.end = from - 1;
    }

    /// Goes to the next pair, which may be empty (`a=1&&b=2` has three); false when there is none.
    public boolean next() {
        if (end >= queryEnd) {
            return false;
        }
        start = end + 1;
        end = start;
        nameEnd = -1;
        while (end < queryEnd && bytes[end] != '&') {
            if (nameEnd < 0 && bytes[end] == '=') {
                nameEnd = end;
            }
            end++;
        }
        if (nameEnd < 0) {
            nameEnd = end;
        }
        return true;
    }

    /// The array behind the pairs.
    public byte[] bytes() {
        return bytes;
    }

    public int start() {
        return start;
    }

    /// Where the pair ends: at an `&` or the end of the query.
    public int end() {
        return end;
    }

    /// Whether the pair's name is `name`, in UTF-8, whichever of its octets the client escaped.
    public boolean nameIs(byte[] name) {
        return Escapes.means(bytes, start, nameEnd, name);
    }

    /// The value decoded; empty when the pair has none.
    public String value() {
        return Escapes.decode(bytes, Math.min(nameEnd + 1, end), end, true);
    }
}
