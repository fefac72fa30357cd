package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.ClientTls;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.ShownCertificate;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.TunnelSummary;
import dev.gatehouse.http1.ParsedRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is remembered of an exchange until its summary is written. Belongs to one [ExchangeDriver], which fills it in,
/// and is used again with it.
final class ExchangeRecord implements ExchangeSummary {
    private static final Text EMPTY = Text.of("");
    private static final long NOT_YET = Long.MIN_VALUE;

    private final Loop loop;
    private final ParsedRequest request;
    private final Provenance provenance;
    private final IncomingRequest incoming;
    private final Supplier<DecisionTrace> why;

    private boolean readable;
    private @Nullable Route route;
    private @Nullable Service service;
    private @Nullable Instance instance;
    private byte @Nullable [] sentTarget;
    private int attempts;
    private int status;
    private int grpcStatus = NO_GRPC_STATUS;
    private @Nullable Failure failure;
    private @Nullable FailureKind cutOff;
    private @Nullable PlacedPolicy decidedBy;
    private @Nullable TunnelSummary tunnel;
    private List<PolicyStep> shadows = List.of();
    private boolean complete;
    private boolean recorded;
    private long bytesIn;
    private long bytesOut;
    private long startedMillis;
    private long started;
    private long attempted = NOT_YET;
    private long answered = NOT_YET;
    private long ended = NOT_YET;

    /// @param why puts the trace together when somebody asks
    ExchangeRecord(Loop loop, IncomingRequest request, Supplier<DecisionTrace> why) {
        this.loop = loop;
        this.request = request.head();
        this.provenance = request.provenance();
        this.incoming = request;
        this.why = why;
    }

    // ── as it happens
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    /// @param headReadable whether the request's head could be parsed
    void begin(long epochMillis, boolean headReadable) {
        startedMillis = epochMillis;
        started = loop.recent();
        readable = headReadable;
    }

    void routed(Route found) {
        route = found;
    }

    /// An attempt begins.
    ///
    /// @param target path and query as they are sent; null when they are the client's
    void sentTo(Service to, @Nullable Instance chosen, byte @Nullable [] target) {
        service = to;
        instance = chosen;
        sentTarget = target;
        attempts++;
        attempted = loop.recent();
    }

    /// The head of the service's answer is there.
    void answered() {
        answered = loop.recent();
    }

    void received(int octets) {
        bytesIn += octets;
    }

    void sent(int octets) {
        bytesOut += octets;
    }

    /// What follows a 101.
    void tunnels(TunnelSummary what) {
        tunnel = what;
    }

    void status(int sent) {
        status = sent;
    }

    /// How a call of gRPC ended; a negative number when nobody said.
    void grpcStatus(int told) {
        grpcStatus = told;
    }

    void failed(Failure why) {
        failure = why;
        cutOff = null;
    }

    /// It ended for a reason nobody can be told any more.
    void cutOff(@Nullable FailureKind kind) {
        failure = null;
        cutOff = kind;
    }

    Outcome end(boolean whole, @Nullable PlacedPolicy decider, List<PolicyStep> inShadow, boolean wasRecorded) {
        complete = whole;
        decidedBy = decider;
        shadows = inShadow;
        recorded = wasRecorded;
        return new Outcome(status, failure(), whole);
    }

    void clear() {
        route = null;
        service = null;
        instance = null;
        sentTarget = null;
        attempts = 0;
        status = 0;
        grpcStatus = NO_GRPC_STATUS;
        failure = null;
        cutOff = null;
        decidedBy = null;
        tunnel = null;
        shadows = List.of();
        bytesIn = 0;
        bytesOut = 0;
        attempted = NOT_YET;
        answered = NOT_YET;
        ended = NOT_YET;
    }

    // ── for the trace
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    @Nullable
    Route foundRoute() {
        return route;
    }

    @Nullable
    Service foundService() {
        return service;
    }

    @Nullable
    Instance foundInstance() {
        return instance;
    }

    byte @Nullable [] sentTarget() {
        return sentTarget;
    }

    boolean isReadable() {
        return readable;
    }

    // ── what was asked
    // ───────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public Text requestId() {
        byte[] id = provenance.id();
        return Text.view(id, 0, id.length);
    }

    @Override
    public Text method() {
        return readable ? Text.view(request.bytes(), request.methodStart(), request.methodEnd()) : EMPTY;
    }

    @Override
    public Text path() {
        return readable ? Text.view(request.bytes(), request.pathStart(), request.pathEnd()) : EMPTY;
    }

    @Override
    public @Nullable Text query() {
        return readable && request.hasQuery()
                ? Text.view(request.bytes(), request.queryStart(), request.queryEnd())
                : null;
    }

    @Override
    public String protocol() {
        if (request.isHttp2()) {
            return "HTTP/2.0";
        }
        return request.isHttp10() ? "HTTP/1.0" : "HTTP/1.1";
    }

    @Override
    public Text host() {
        return readable ? Text.view(request.bytes(), request.hostStart(), request.hostEnd()) : EMPTY;
    }

    @Override
    public String scheme() {
        return provenance.scheme();
    }

    @Override
    public @Nullable Text header(HeaderName name) {
        return readable ? incoming.view().header(name) : null;
    }

    @Override
    public InetAddress clientAddress() {
        return provenance.clientAddress();
    }

    @Override
    public @Nullable ClientTls tls() {
        return provenance.peer().tls();
    }

    @Override
    public @Nullable ShownCertificate certificate() {
        return provenance.peer().certificate();
    }

    // ── what became of it
    // ────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public @Nullable String route() {
        return route == null ? null : route.label();
    }

    @Override
    public @Nullable Identity identity() {
        return incoming.attributes().get(Identity.OF_EXCHANGE);
    }

    @Override
    public String routePlace() {
        return route == null ? "" : route.at();
    }

    @Override
    public @Nullable String service() {
        return service == null ? null : service.key();
    }

    @Override
    public @Nullable String instance() {
        return instance == null ? null : instance.name();
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public int grpcStatus() {
        return grpcStatus;
    }

    @Override
    public @Nullable FailureKind failure() {
        return failure == null ? cutOff : failure.kind();
    }

    @Override
    public @Nullable String message() {
        if (failure == null) {
            return null;
        }
        Object cause = failure.details().get(Failure.CAUSE);
        return cause == null ? failure.message() : failure.message() + " (" + cause + ")";
    }

    @Override
    public @Nullable String decidedBy() {
        return decidedBy == null ? null : decidedBy.name();
    }

    @Override
    public @Nullable TunnelSummary tunnel() {
        return tunnel;
    }

    @Override
    public boolean complete() {
        return complete;
    }

    @Override
    public List<PolicyStep> shadows() {
        return shadows;
    }

    @Override
    public long bytesIn() {
        return bytesIn;
    }

    @Override
    public long bytesOut() {
        return bytesOut;
    }

    // ── when
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public long startedMillis() {
        return startedMillis;
    }

    @Override
    public long durationNanos() {
        if (ended == NOT_YET) {
            ended = loop.now();
        }
        return ended - started;
    }

    @Override
    public long serviceStartNanos() {
        return attempted == NOT_YET ? -1 : attempted - started;
    }

    @Override
    public long serviceNanos() {
        return answered == NOT_YET || attempted == NOT_YET ? -1 : answered - attempted;
    }

    @Override
    public Text traceparent() {
        return provenance.trace().traceparent();
    }

    @Override
    public @Nullable String tracestate() {
        return provenance.trace().tracestate();
    }

    @Override
    public @Nullable Text span() {
        return provenance.trace().span();
    }

    @Override
    public @Nullable Text parentSpan() {
        return provenance.trace().parentSpan();
    }

    @Override
    public boolean isSampled() {
        return provenance.trace().isSampled();
    }

    // ── why
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public DecisionTrace trace() {
        return why.get();
    }

    @Override
    public boolean isRecorded() {
        return recorded;
    }
}
