package dev.gatehouse.engine.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.http1.HeadLimits;
import java.util.Arrays;

/// The header list of an answer (RFC 9113 §8.3.2), as the head of one of HTTP/1.1. A body of unknown length
/// needs no field there: it would end with the connection.
public final class ResponseList extends HeaderList {
    private static final byte[] STATUS = ":status".getBytes(US_ASCII);

    private int status;

    @Override
    void begin(HeadLimits limits) {
        super.begin(limits);
        status = 0;
    }

    @Override
    void pseudo(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        boolean known = Arrays.equals(name, nameStart, nameEnd, STATUS, 0, STATUS.length);
        if (!known || status != 0 || valueEnd - valueStart != 3) {
            malformed();
            return;
        }
        for (int i = valueStart; i < valueEnd; i++) {
            int digit = value[i] - '0';
            if (digit < 0 || digit > 9) {
                malformed();
                return;
            }
            status = status * 10 + digit;
        }
        // HTTP/2 has no upgrade (RFC 9113 §8.6).
        if (status < 100 || status == 101) {
            malformed();
        }
    }

    @Override
    void beginFields() {
        if (status == 0) {
            malformed();
        } else {
            lines.put("HTTP/1.1 ").decimal(status).put(" \r\n");
        }
    }

    @Override
    void endFields(boolean end, boolean sized) {
        if (end && isInterim()) {
            malformed();
        }
    }

    @Override
    boolean isInterim() {
        return status < 200;
    }
}
