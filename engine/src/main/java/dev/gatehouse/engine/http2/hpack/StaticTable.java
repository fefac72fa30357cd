package dev.gatehouse.engine.http2.hpack;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// The fields both sides know without having been told (RFC 7541 appendix A), numbered from 1.
final class StaticTable {
    static final int SIZE = 61;

    private static final String FIELDS = """
            :authority
            :method GET
            :method POST
            :path /
            :path /index.html
            :scheme http
            :scheme https
            :status 200
            :status 204
            :status 206
            :status 304
            :status 400
            :status 404
            :status 500
            accept-charset
            accept-encoding gzip, deflate
            accept-language
            accept-ranges
            accept
            access-control-allow-origin
            age
            allow
            authorization
            cache-control
            content-disposition
            content-encoding
            content-language
            content-length
            content-location
            content-range
            content-type
            cookie
            date
            etag
            expect
            expires
            from
            host
            if-match
            if-modified-since
            if-none-match
            if-range
            if-unmodified-since
            last-modified
            link
            location
            max-forwards
            proxy-authenticate
            proxy-authorization
            range
            referer
            refresh
            retry-after
            server
            set-cookie
            strict-transport-security
            transfer-encoding
            user-agent
            vary
            via
            www-authenticate
            """;

    private static final byte[][] NAMES = new byte[SIZE + 1][];
    private static final byte[][] VALUES = new byte[SIZE + 1][];
    private static final int SLOTS = 256;
    private static final byte[] BY_NAME = new byte[SLOTS];

    static {
        String[] lines = FIELDS.split("\n");
        for (int i = 1; i <= SIZE; i++) {
            String[] parts = lines[i - 1].split(" ", 2);
            NAMES[i] = parts[0].getBytes(US_ASCII);
            VALUES[i] = (parts.length == 1 ? "" : parts[1]).getBytes(US_ASCII);
            if (indexOf(NAMES[i], 0, NAMES[i].length) == 0) {
                int slot = slot(NAMES[i], 0, NAMES[i].length);
                while (BY_NAME[slot] != 0) {
                    slot = (slot + 1) & (SLOTS - 1);
                }
                BY_NAME[slot] = (byte) i;
            }
        }
    }

    private StaticTable() {}

    static byte[] name(int index) {
        return NAMES[index];
    }

    static byte[] value(int index) {
        return VALUES[index];
    }

    /// The first field named `[from, to)`, letters in any case, or 0.
    static int indexOf(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        for (int i = BY_NAME[slot]; i != 0; i = BY_NAME[slot]) {
            if (isNamed(NAMES[i], bytes, from, to)) {
                return i;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return 0;
    }

    private static boolean isNamed(byte[] name, byte[] bytes, int from, int to) {
        if (to - from != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (fold(bytes[from + i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int slot(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return 0;
        }
        int hash = length;
        hash = 31 * hash + fold(bytes[from]);
        hash = 31 * hash + fold(bytes[from + length / 2]);
        hash = 31 * hash + fold(bytes[to - 1]);
        return (hash ^ (hash >>> 8)) & (SLOTS - 1);
    }

    private static int fold(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }
}
