package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Text;
import dev.gatehouse.engine.net.ExchangeIds;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import org.jspecify.annotations.Nullable;

/// The trace an exchange belongs to (W3C Trace Context Level 2), and the gateway's own place in it.
///
/// ```
/// client's span ─► server span of the gateway ─► client span of the gateway ─► the service's span
///  [#parentSpan]            [#span]                in [#traceparent]
/// ```
///
/// Without tracing the gateway is no member: a valid `traceparent` goes through untouched, else a trace is started
/// for the services behind it. Lives as long as its exchange and is used again by the next: what it hands out are
/// views.
final class TraceContext {
    static final int TRACE_LENGTH = 32;
    static final int SPAN_LENGTH = 16;

    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = TRACE_AT + TRACE_LENGTH + 1;
    private static final int FLAGS_AT = SPAN_AT + SPAN_LENGTH + 1;
    private static final int LENGTH = FLAGS_AT + 2;

    /// Flags (§3.2.2.5): somebody records; the trace's id is random.
    private static final int SAMPLED = 1;

    private static final int RANDOM = 2;
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final byte[] TRACEPARENT = "traceparent".getBytes(US_ASCII);

    private final ExchangeIds ids;
    private final B3Fields b3 = new B3Fields();
    private final byte[] own =
            ("00-" + "0".repeat(TRACE_LENGTH) + "-" + "0".repeat(SPAN_LENGTH) + "-01").getBytes(US_ASCII);
    private final byte[] span = new byte[SPAN_LENGTH];
    private final byte[] parent = new byte[SPAN_LENGTH];

    private TraceRules rules = TraceRules.OFF;
    private @Nullable ParsedRequest head;

    /// The client's `traceparent` that goes through, or -1.
    private int passedOn = -1;

    private boolean hasParent;
    private boolean sampled;

    TraceContext(ExchangeIds ids) {
        this.ids = ids;
    }

    /// Reads what the client says of its trace, and takes what is not passed on out of its head.
    ///
    /// @param traceparent the one such field, or -1 when there is none, or several
    /// @param trusted whether the peer's decision to record holds here. Anybody else would decide for us what we
    ///     record, and so what that costs; of theirs only the ids are taken, under which both sides find the trace
    ///     again
    void establish(ParsedRequest request, int traceparent, boolean trusted, TraceRules by) {
        head = request;
        rules = by;
        passedOn = -1;
        hasParent = false;
        sampled = false;
        boolean valid = by.w3c() && traceparent >= 0 && isTraceparent(request, traceparent);
        if (!by.enabled()) {
            if (valid) {
                passedOn = traceparent;
            } else {
                dropW3c(request);
                start();
                flags(SAMPLED);
            }
            return;
        }
        Claim claim = Claim.NONE;
        int flags = 0;
        if (valid) {
            int from = request.valueStart(traceparent);
            continueFrom(request.bytes(), from + TRACE_AT, TRACE_LENGTH, from + SPAN_AT);
            int theirs = flagsOf(request.bytes(), from + FLAGS_AT);
            claim = (theirs & SAMPLED) == 0 ? Claim.NO : Claim.YES;
            flags = theirs & RANDOM;
            request.dropAll(KnownField.TRACEPARENT);
        } else {
            if (by.w3c()) {
                dropW3c(request);
            }
            if (by.readsB3()) {
                claim = b3.read(request);
            }
            if (by.readsB3() && b3.isWhole()) {
                continueFrom(b3.octets(), b3.traceAt(), b3.traceLength(), b3.spanAt());
            } else {
                start();
                flags = RANDOM;
            }
        }
        if (by.readsB3()) {
            B3Fields.dropAll(request);
        }
        ids.hex16(span, 0);
        sampled = trusted && claim != Claim.NONE
                ? claim == Claim.YES
                : ids.chance() < by.sample().share();
        flags(flags | (sampled ? SAMPLED : 0));
    }

    /// What a peer says of recording.
    enum Claim {
        YES,
        NO,
        NONE
    }

    /// Of a broken context nothing may be passed on (§3.3): state without its parent is as broken.
    private static void dropW3c(ParsedRequest request) {
        request.dropAll(KnownField.TRACEPARENT);
        request.dropAll(KnownField.TRACESTATE);
    }

    private void start() {
        ids.hex16(own, TRACE_AT);
        ids.hex16(own, TRACE_AT + SPAN_LENGTH);
        ids.hex16(own, SPAN_AT);
    }

    /// Their trace, our span. Trace ids of 64 bits, which B3 has, are filled up with zeros on the left.
    private void continueFrom(byte[] b, int traceAt, int traceLength, int spanAt) {
        for (int i = 0; i < TRACE_LENGTH - traceLength; i++) {
            own[TRACE_AT + i] = '0';
        }
        System.arraycopy(b, traceAt, own, TRACE_AT + TRACE_LENGTH - traceLength, traceLength);
        System.arraycopy(b, spanAt, parent, 0, SPAN_LENGTH);
        hasParent = true;
        ids.hex16(own, SPAN_AT);
    }

    private void flags(int flags) {
        own[FLAGS_AT] = HEX[flags >>> 4];
        own[FLAGS_AT + 1] = HEX[flags & 15];
    }

    private static int flagsOf(byte[] b, int at) {
        return Character.digit(b[at], 16) << 4 | Character.digit(b[at + 1], 16);
    }

    // ── what is told to the service

    /// Adds the fields that tell the service of the trace.
    void addTo(FieldEdits edits) {
        if (passedOn < 0 && rules.w3c()) {
            edits.add(TRACEPARENT, own);
        }
        if (rules.b3()) {
            b3.addSingle(edits, own, TRACE_AT, SPAN_AT, sampled, span);
        }
        if (rules.b3Multi()) {
            B3Fields.addMulti(edits, own, TRACE_AT, SPAN_AT, sampled, span);
        }
    }

    // ── what is told to those who watch

    /// With the span the service hangs its own under.
    Text traceparent() {
        ParsedRequest request = head;
        return passedOn < 0 || request == null
                ? Text.view(own, 0, LENGTH)
                : Text.view(request.bytes(), request.valueStart(passedOn), request.valueEnd(passedOn));
    }

    /// The vendors' part of the context, its lines put together (§3.3.1); null when there is none that belongs to
    /// it.
    @Nullable
    String tracestate() {
        ParsedRequest request = head;
        if (request == null || !rules.w3c()) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        for (int i = 0, n = request.count(); i < n; i++) {
            if (request.known(i) == KnownField.TRACESTATE && !request.dropped(i)) {
                all.append(all.isEmpty() ? "" : ",").append(request.value(i));
            }
        }
        return all.isEmpty() ? null : all.toString();
    }

    /// The gateway's span of the whole exchange; null without tracing.
    @Nullable
    Text span() {
        return rules.enabled() ? Text.view(span, 0, SPAN_LENGTH) : null;
    }

    /// The client's span; null when the trace began here, or without tracing.
    @Nullable
    Text parentSpan() {
        return hasParent ? Text.view(parent, 0, SPAN_LENGTH) : null;
    }

    /// Whether the exchange is recorded.
    boolean isSampled() {
        return sampled;
    }

    // ── syntax

    /// `version-traceid-parentid-flags` in lower-case hexadecimal, neither id all zero, version not ff (§3.2). A
    /// later version may be longer, separated by another dash.
    private static boolean isTraceparent(ParsedRequest head, int field) {
        byte[] b = head.bytes();
        int at = head.valueStart(field);
        int length = head.valueEnd(field) - at;
        if (length < LENGTH
                || b[at + 2] != '-'
                || b[at + SPAN_AT - 1] != '-'
                || b[at + FLAGS_AT - 1] != '-'
                || (b[at] == 'f' && b[at + 1] == 'f')) {
            return false;
        }
        boolean version0 = b[at] == '0' && b[at + 1] == '0';
        if (length > LENGTH && (version0 || b[at + LENGTH] != '-')) {
            return false;
        }
        return isHex(b, at, 2)
                && isId(b, at + TRACE_AT, TRACE_LENGTH)
                && isId(b, at + SPAN_AT, SPAN_LENGTH)
                && isHex(b, at + FLAGS_AT, 2);
    }

    private static boolean isHex(byte[] b, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if ((b[i] < '0' || b[i] > '9') && (b[i] < 'a' || b[i] > 'f')) {
                return false;
            }
        }
        return true;
    }

    /// Hexadecimal digits in lower case, not all of them zero.
    static boolean isId(byte[] b, int at, int length) {
        boolean zero = true;
        for (int i = at; i < at + length; i++) {
            zero &= b[i] == '0';
        }
        return !zero && isHex(b, at, length);
    }
}
