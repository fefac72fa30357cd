package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;

/// A trace as Zipkin tells it (B3 propagation): `b3: <trace>-<span>-<recorded>-<parent>`, or a field for each.
/// Debug is taken for recorded, and passed on as that. One per exchange, used again by the next.
final class B3Fields {
    private static final int SHORT_TRACE = 16;

    private static final byte[] B3 = octets("b3");
    private static final byte[] TRACE_ID = octets("X-B3-TraceId");
    private static final byte[] SPAN_ID = octets("X-B3-SpanId");
    private static final byte[] PARENT_SPAN_ID = octets("X-B3-ParentSpanId");
    private static final byte[] SAMPLED = octets("X-B3-Sampled");
    private static final byte[] YES = octets("1");
    private static final byte[] NO = octets("0");
    private static final KnownField[] ALL = {
        KnownField.B3,
        KnownField.X_B3_TRACEID,
        KnownField.X_B3_SPANID,
        KnownField.X_B3_PARENTSPANID,
        KnownField.X_B3_SAMPLED,
        KnownField.X_B3_FLAGS
    };

    private final byte[] single = octets("0".repeat(TraceContext.TRACE_LENGTH) + "-"
            + "0".repeat(TraceContext.SPAN_LENGTH) + "-0-" + "0".repeat(TraceContext.SPAN_LENGTH));
    private byte[] octets = single;
    private int traceAt;
    private int traceLength;
    private int spanAt;

    /// Reads both ids, if they are there and whole, and what is said of recording. The one field wins over the
    /// many.
    TraceContext.Claim read(ParsedRequest head) {
        traceLength = 0;
        int one = field(head, KnownField.B3);
        return one >= 0 ? readSingle(head, one) : readMulti(head);
    }

    private TraceContext.Claim readSingle(ParsedRequest head, int field) {
        byte[] b = head.bytes();
        int from = head.valueStart(field);
        int to = head.valueEnd(field);
        int dash = from;
        while (dash < to && b[dash] != '-') {
            dash++;
        }
        if (dash == to) {
            // A decision without a trace: `b3: 0`.
            return claim(b, from, to);
        }
        int end = dash + 1 + TraceContext.SPAN_LENGTH;
        if (end > to || (end < to && b[end] != '-') || !ids(b, from, dash, dash + 1, end)) {
            return TraceContext.Claim.NONE;
        }
        return end + 1 < to ? claim(b, end + 1, Math.min(end + 2, to)) : TraceContext.Claim.NONE;
    }

    private TraceContext.Claim readMulti(ParsedRequest head) {
        int trace = field(head, KnownField.X_B3_TRACEID);
        int span = field(head, KnownField.X_B3_SPANID);
        if (trace >= 0 && span >= 0) {
            ids(head.bytes(), head.valueStart(trace), head.valueEnd(trace), head.valueStart(span), head.valueEnd(span));
        }
        int flags = field(head, KnownField.X_B3_FLAGS);
        if (flags >= 0 && head.valueIs(flags, YES)) {
            return TraceContext.Claim.YES;
        }
        int sampled = field(head, KnownField.X_B3_SAMPLED);
        return sampled < 0
                ? TraceContext.Claim.NONE
                : claim(head.bytes(), head.valueStart(sampled), head.valueEnd(sampled));
    }

    /// Remembers them when they are ids.
    private boolean ids(byte[] b, int traceFrom, int traceTo, int spanFrom, int spanTo) {
        int length = traceTo - traceFrom;
        boolean whole = (length == TraceContext.TRACE_LENGTH || length == SHORT_TRACE)
                && spanTo - spanFrom == TraceContext.SPAN_LENGTH
                && TraceContext.isId(b, traceFrom, length)
                && TraceContext.isId(b, spanFrom, TraceContext.SPAN_LENGTH);
        if (whole) {
            octets = b;
            traceAt = traceFrom;
            traceLength = length;
            spanAt = spanFrom;
        }
        return whole;
    }

    /// `1`, `0`, `d`, and the `true` and `false` of older tracers.
    private static TraceContext.Claim claim(byte[] b, int from, int to) {
        byte first = from < to ? b[from] : 0;
        boolean letter = to - from == 1;
        if ((letter && (first == '1' || first == 'd')) || (to - from == 4 && first == 't')) {
            return TraceContext.Claim.YES;
        }
        return (letter && first == '0') || (to - from == 5 && first == 'f')
                ? TraceContext.Claim.NO
                : TraceContext.Claim.NONE;
    }

    private static int field(ParsedRequest head, KnownField name) {
        int field = head.find(name);
        return field >= 0 && !head.dropped(field) ? field : -1;
    }

    /// Whether both ids were there.
    boolean isWhole() {
        return traceLength > 0;
    }

    /// The array the ids stand in.
    byte[] octets() {
        return octets;
    }

    int traceAt() {
        return traceAt;
    }

    /// 16 or 32 digits.
    int traceLength() {
        return traceLength;
    }

    int spanAt() {
        return spanAt;
    }

    static void dropAll(ParsedRequest head) {
        for (KnownField field : ALL) {
            head.dropAll(field);
        }
    }

    /// Adds `b3`.
    ///
    /// @param from where the ids stand
    /// @param parent of the span
    void addSingle(FieldEdits edits, byte[] from, int trace, int span, boolean recorded, byte[] parent) {
        System.arraycopy(from, trace, single, 0, TraceContext.TRACE_LENGTH);
        System.arraycopy(from, span, single, TraceContext.TRACE_LENGTH + 1, TraceContext.SPAN_LENGTH);
        int at = TraceContext.TRACE_LENGTH + TraceContext.SPAN_LENGTH + 2;
        single[at] = (byte) (recorded ? '1' : '0');
        System.arraycopy(parent, 0, single, at + 2, TraceContext.SPAN_LENGTH);
        edits.add(B3, single);
    }

    /// Adds the `X-B3-…` fields, with the same parameters.
    static void addMulti(FieldEdits edits, byte[] from, int trace, int span, boolean recorded, byte[] parent) {
        edits.add(TRACE_ID, from, trace, trace + TraceContext.TRACE_LENGTH);
        edits.add(SPAN_ID, from, span, span + TraceContext.SPAN_LENGTH);
        edits.add(PARENT_SPAN_ID, parent);
        edits.add(SAMPLED, recorded ? YES : NO);
    }

    private static byte[] octets(String text) {
        return text.getBytes(US_ASCII);
    }
}
