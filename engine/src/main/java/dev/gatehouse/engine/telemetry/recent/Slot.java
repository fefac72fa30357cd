package dev.gatehouse.engine.telemetry.recent;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.net.IpAddress;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One place in a ring, written over and over by one loop and read by anybody.
///
/// ```
/// loop    stamp = BUSY │ data                 │ stamp = number
/// reader                 stamp == number? │ copy │ stamp == number still?   no: it was gone, or it was going
/// ```
///
/// A sequence lock whose stamp is the number of the request itself: the loop never waits, and a reader that was
/// overtaken knows it. The two fences keep the data between the two stamps, on either side. What a reader has
/// copied is touched only after the second look; references in it are to objects that never change.
final class Slot {
    static final int MOST_PATH = 256;

    private static final int MOST_METHOD = 32;
    private static final int MOST_ID = 128;
    private static final int METHOD_AT = MOST_ID;
    private static final int PATH_AT = METHOD_AT + MOST_METHOD;
    private static final long BUSY = -1;
    private static final VarHandle STAMP;

    static {
        try {
            STAMP = MethodHandles.lookup().findVarHandle(Slot.class, "stamp", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] octets = new byte[PATH_AT + MOST_PATH];

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // through STAMP
    private long stamp = BUSY;

    private int idLength;
    private int methodLength;
    private int pathLength;
    private @Nullable InetAddress client;
    private @Nullable String route;
    private @Nullable String service;
    private @Nullable String instance;
    private @Nullable String consumer;
    private int attempts;
    private int status;
    private @Nullable FailureKind failure;
    private @Nullable String message;
    private @Nullable String decidedBy;
    private boolean complete;
    private long bytesIn;
    private long bytesOut;
    private long startedMillis;
    private long durationNanos;
    private long serviceNanos;
    private @Nullable DecisionTrace trace;

    // ── the loop
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /// @param number of the request on this loop
    void write(long number, ExchangeSummary summary, @Nullable DecisionTrace kept) {
        STAMP.setOpaque(this, BUSY);
        VarHandle.storeStoreFence();
        idLength = copy(summary.requestId(), 0, MOST_ID);
        methodLength = copy(summary.method(), METHOD_AT, MOST_METHOD);
        pathLength = copy(summary.path(), PATH_AT, MOST_PATH);
        client = summary.clientAddress();
        route = summary.route();
        service = summary.service();
        instance = summary.instance();
        consumer = summary.consumer();
        attempts = summary.attempts();
        status = summary.status();
        failure = summary.failure();
        message = summary.message();
        decidedBy = summary.decidedBy();
        complete = summary.complete();
        bytesIn = summary.bytesIn();
        bytesOut = summary.bytesOut();
        startedMillis = summary.startedMillis();
        durationNanos = summary.durationNanos();
        serviceNanos = summary.serviceNanos();
        trace = kept;
        STAMP.setRelease(this, number);
    }

    private int copy(Text text, int at, int most) {
        int length = Math.min(text.length(), most);
        text.copyTo(octets, at, length);
        return length;
    }

    /// Another request needs the room its trace takes. A reader finds it or does not.
    void dropTrace(long number) {
        if ((long) STAMP.getOpaque(this) == number) {
            trace = null;
        }
    }

    // ── readers
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// The request of this number; null when another has taken its place.
    @Nullable
    RecentRequest read(int loop, long number) {
        if ((long) STAMP.getAcquire(this) != number) {
            return null;
        }
        byte[] copy = octets.clone();
        int idEnd = idLength;
        int methodEnd = METHOD_AT + methodLength;
        int pathEnd = PATH_AT + pathLength;
        InetAddress from = client;
        FailureKind why = failure;
        long millis = startedMillis;
        long nanos = durationNanos;
        String routeThen = route;
        String serviceThen = service;
        String instanceThen = instance;
        String consumerThen = consumer;
        int attemptsThen = attempts;
        int statusThen = status;
        String messageThen = message;
        String decidedThen = decidedBy;
        boolean completeThen = complete;
        long in = bytesIn;
        long out = bytesOut;
        long waited = serviceNanos;
        DecisionTrace traceThen = trace;
        VarHandle.loadLoadFence();
        if ((long) STAMP.getOpaque(this) != number) {
            return null;
        }
        return new RecentRequest(
                new RecentRequest.Position(millis * 1_000_000 + nanos, loop, number),
                text(copy, 0, idEnd),
                text(copy, METHOD_AT, methodEnd),
                text(copy, PATH_AT, pathEnd),
                from == null ? "" : IpAddress.text(from),
                routeThen,
                serviceThen,
                instanceThen,
                consumerThen,
                attemptsThen,
                statusThen,
                why == null ? null : why.name(),
                messageThen,
                decidedThen,
                completeThen,
                in,
                out,
                millis,
                nanos,
                waited,
                traceThen);
    }

    private static String text(byte[] octets, int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
