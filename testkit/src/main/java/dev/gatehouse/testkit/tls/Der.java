package dev.gatehouse.testkit.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes the values that certificates are made of (X.690, DER), each as its octets.
final class Der {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, join(parts));
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] enumerated(int value) {
        return tagged(0x0a, new byte[] {(byte) value});
    }

    static byte[] yes() {
        return tagged(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] nothing() {
        return tagged(0x05, new byte[0]);
    }

    static byte[] octets(byte[] value) {
        return tagged(0x04, value);
    }

    /// @param unused bits at the end that mean nothing
    static byte[] bits(byte[] value, int unused) {
        return tagged(0x03, join(new byte[] {(byte) unused}, value));
    }

    /// @param dotted such as `2.5.29.17`
    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            long arc = Long.parseLong(arcs[i]);
            for (int shift = 63 - Long.numberOfLeadingZeros(arc | 1); shift >= 7; shift--) {
                if (shift % 7 == 0) {
                    out.write((int) (arc >> shift & 0x7f | 0x80));
                }
            }
            out.write((int) (arc & 0x7f));
        }
        return tagged(0x06, out.toByteArray());
    }

    /// As certificates and CRLs write a time (RFC 5280 §4.1.2.5): with two digits for the year before 2050.
    static byte[] time(Instant at) {
        return at.isBefore(YEAR_2050)
                ? tagged(0x17, SHORT_TIME.format(at).getBytes(StandardCharsets.US_ASCII))
                : generalizedTime(at);
    }

    static byte[] generalizedTime(Instant at) {
        return tagged(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    /// What is around `content` says which of several it is.
    static byte[] explicit(int number, byte[]... content) {
        return tagged(0xa0 | number, join(content));
    }

    /// `content` without a tag of its own.
    static byte[] implicit(int number, byte[] content) {
        return tagged(0x80 | number, content);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else if (length < 0x10000) {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        } else {
            out.write(0x83);
            out.write(length >> 16);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
