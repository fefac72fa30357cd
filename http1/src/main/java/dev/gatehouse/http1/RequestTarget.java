package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/// Where a request goes, as slices of its head: the path in its [NormalPath], the query and the host (RFC 9112 §3.2,
/// §3.3). Part of one [ParsedRequest], which reads the slices, and used again as it is.
///
/// A refused target leaves what was read of it, for those who log the request; the rest is empty.
final class RequestTarget {
    private static final byte[] HTTP = "http://".getBytes(US_ASCII);
    private static final byte[] HTTPS = "https://".getBytes(US_ASCII);

    int pathStart;
    int pathEnd;
    boolean encodedSlash;
    boolean encodedBackslash;

    /// The query that is written on: the one that was asked, until something is taken out of it.
    int queryStart;

    int queryEnd;
    boolean hasQuery;
    int askedQueryStart;
    int askedQueryEnd;
    boolean asksQuery;
    int hostStart;
    int hostEnd;

    /// Whether the host stands in the target.
    boolean absolute;

    void reset() {
        pathStart = 0;
        pathEnd = 0;
        encodedSlash = false;
        encodedBackslash = false;
        queryStart = 0;
        queryEnd = 0;
        hasQuery = false;
        askedQueryStart = 0;
        askedQueryEnd = 0;
        asksQuery = false;
        hostStart = 0;
        hostEnd = 0;
        absolute = false;
    }

    /// Reads the target `[start, end)`: a path with its query, or an absolute URL.
    @Nullable
    HeadFault parse(byte[] bytes, int start, int end) {
        if (start == end) {
            return HeadFault.REQUEST_LINE_INVALID;
        }
        return bytes[start] == '/' ? parsePath(bytes, start, end) : parseAbsolute(bytes, start, end);
    }

    /// Takes the target `*`, which stands at `at` and means the server as a whole.
    void setAsterisk(int at) {
        pathStart = at;
        pathEnd = at + 1;
        setQuery(at + 1, at + 1, false);
    }

    private void setQuery(int start, int end, boolean any) {
        askedQueryStart = start;
        askedQueryEnd = end;
        asksQuery = any;
        queryStart = start;
        queryEnd = end;
        hasQuery = any;
    }

    /// Takes a Host field's value, already found valid.
    void setHost(int start, int end) {
        hostStart = start;
        hostEnd = end;
    }

    /// Takes every parameter of this name out of the query that is written on, where it stands.
    void removeParameter(byte[] bytes, byte[] name) {
        QueryPairs pairs = new QueryPairs(bytes, queryStart, queryEnd);
        int kept = queryStart;
        boolean any = false;
        while (hasQuery && pairs.next()) {
            if (pairs.nameIs(name)) {
                continue;
            }
            if (any) {
                bytes[kept++] = '&';
            }
            // Always to the left of where it stood, so nothing is overwritten that was not read.
            System.arraycopy(bytes, pairs.start(), bytes, kept, pairs.end() - pairs.start());
            kept += pairs.end() - pairs.start();
            any = true;
        }
        queryEnd = kept;
        hasQuery = any;
    }

    private @Nullable HeadFault parseAbsolute(byte[] bytes, int start, int end) {
        int scheme = schemeLength(bytes, start, end);
        if (scheme == 0) {
            return HeadFault.TARGET_INVALID;
        }
        hostStart = start + scheme;
        hostEnd = hostStart;
        while (hostEnd < end && bytes[hostEnd] != '/' && bytes[hostEnd] != '?') {
            hostEnd++;
        }
        if (!Authority.valid(bytes, hostStart, hostEnd)) {
            return HeadFault.AUTHORITY_INVALID;
        }
        absolute = true;
        if (hostEnd < end && bytes[hostEnd] == '/') {
            return parsePath(bytes, hostEnd, end);
        }
        // "http://host?q" means the path "/". The scheme has been read, so its first octet can hold that path.
        bytes[start] = '/';
        pathStart = start;
        pathEnd = start + 1;
        return parseQuery(bytes, hostEnd, end);
    }

    private static int schemeLength(byte[] bytes, int start, int end) {
        if (end - start > 8 && Octets.equalsIgnoreCase(bytes, start, start + 8, HTTPS)) {
            return 8;
        }
        return end - start > 7 && Octets.equalsIgnoreCase(bytes, start, start + 7, HTTP) ? 7 : 0;
    }

    private @Nullable HeadFault parsePath(byte[] bytes, int path, int end) {
        int question = NormalPath.end(bytes, path, end);
        int normalEnd = question;
        if (question < 0) {
            question = path;
            while (question < end && bytes[question] != '?') {
                question++;
            }
            NormalPath normal = new NormalPath(bytes, path, question);
            HeadFault fault = normal.normalise();
            if (fault != null) {
                // A refused path has no normal form: it stays empty.
                return fault;
            }
            normalEnd = normal.normalEnd();
            encodedSlash = normal.hasEncodedSlash();
            encodedBackslash = normal.hasEncodedBackslash();
        }
        pathStart = path;
        pathEnd = normalEnd;
        return parseQuery(bytes, question, end);
    }

    /// Reads the query `[question + 1, end)`; there is none when `question` is the end. It is forwarded as it
    /// came, so it may hold visible ASCII only, no `#`, no `\`, no escaped NUL, and two digits behind every `%`.
    private @Nullable HeadFault parseQuery(byte[] bytes, int question, int end) {
        boolean any = question < end;
        setQuery(any ? question + 1 : end, end, any);
        for (int i = queryStart; i < end; i++) {
            byte b = bytes[i];
            if (Octets.TARGET[b & 0xff] == 2) {
                return HeadFault.TARGET_INVALID;
            }
            if (b == '%' && NormalPath.escape(bytes, i, end) <= 0) {
                return HeadFault.TARGET_ENCODING_INVALID;
            }
        }
        return null;
    }
}
