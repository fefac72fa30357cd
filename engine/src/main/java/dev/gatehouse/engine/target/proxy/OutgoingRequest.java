package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.connection.ServiceRequest;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.target.tunnel.TunnelRules;
import dev.gatehouse.engine.target.tunnel.Upgrade;
import dev.gatehouse.http1.FieldBlock;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.FieldSink;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import org.jspecify.annotations.Nullable;

/// An exchange's request as its service is sent it: the client's own octets wherever nothing had to change. Belongs to
/// one [ProxyCall] and is used again with it.
final class OutgoingRequest implements ServiceRequest {
    private static final byte[] HOST_NAME = "host".getBytes(US_ASCII);
    private static final byte[] HOST = "Host: ".getBytes(US_ASCII);
    private static final byte[] HTTP_1_1 = " HTTP/1.1\r\n".getBytes(US_ASCII);
    private static final byte[] GRPC_TIMEOUT = "grpc-timeout".getBytes(US_ASCII);
    private static final int GRPC_TIMEOUT_HASH = FieldBlock.hash(GRPC_TIMEOUT);
    private static final byte[] TE = "TE".getBytes(US_ASCII);
    private static final byte[] TRAILERS = "trailers".getBytes(US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "Transfer-Encoding".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "chunked".getBytes(US_ASCII);

    private @Nullable RequestRewrite rewrite;
    private TunnelRules tunnels = TunnelRules.NONE;
    private @Nullable TargetClient client;

    /// Path and query when they are not the client's.
    private byte @Nullable [] rewritten;

    /// What the instance of this attempt is called, when the route wants that as Host.
    private byte @Nullable [] host;

    /// What the client wants to change to and may; null for all others.
    private @Nullable Upgrade upgrade;

    /// The next exchange is one of this route.
    void forRoute(ProxyRoute route) {
        rewrite = route.rewrite();
        tunnels = route.tunnels();
    }

    /// Begins with an exchange: its path and query as the route has them.
    ///
    /// @return whether there is something to send
    boolean rewrite(TargetClient exchange, HeadWriter scratch) {
        client = exchange;
        host = null;
        upgrade = null;
        // Left by an exchange of another route, it would send that one's path and query.
        rewritten = null;
        RequestRewrite as = rewrite;
        if (as == null) {
            return true;
        }
        if (as.changesHost()) {
            exchange.requestSlices().takeOutAll(KnownField.HOST);
        }
        if (as.changesTarget()) {
            rewritten = as.target(exchange, scratch);
            return rewritten != null;
        }
        return true;
    }

    /// Why the client cannot change to what it wants; null when it can, or wants nothing of the kind.
    @Nullable
    Failure refusal(TargetClient exchange) {
        upgrade = Upgrade.of(exchange, tunnels);
        return upgrade == null ? null : upgrade.refusal(exchange.requestSlices());
    }

    /// Adds the gateway's own fields; once per exchange, whatever number of attempts follows.
    void complete(TargetClient exchange, Instance first) {
        if (rewrite == null || !rewrite.changesHost()) {
            ForwardedFields.addHost(exchange, first.authority());
        }
        ForwardedFields.add(exchange, exchange.sendsForwarded());
        addConnectionFields(exchange, exchange.requestSlices());
    }

    private void addConnectionFields(TargetClient exchange, ParsedRequest request) {
        if (exchange.isRequestChunked()) {
            exchange.requestEdits().add(TRANSFER_ENCODING, CHUNKED);
        }
        if (request.acceptsTrailers()) {
            exchange.requestEdits().add(TE, TRAILERS);
        }
        if (upgrade != null) {
            upgrade.ask(request, exchange.requestEdits());
        }
    }

    /// An attempt: the next one may go to another instance, which has another name, and less time.
    ///
    /// @param left of the call, for grpc-timeout; null where its caller has set no end
    void to(Instance instance, byte @Nullable [] left) {
        if (left != null) {
            client().requestEdits().remove(GRPC_TIMEOUT, GRPC_TIMEOUT_HASH);
            client().requestEdits().add(GRPC_TIMEOUT, left);
        }
        host = rewrite == null ? null : rewrite.host(instance);
    }

    /// Path and query as they are sent; null when they are the client's.
    byte @Nullable [] rewritten() {
        return rewritten;
    }

    // ── for the connection
    // ───────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void writeHead(HeadWriter head) {
        writeMethod(head);
        head.put(' ');
        writeTarget(head);
        head.put(HTTP_1_1);
        if (host != null) {
            head.put(HOST).put(host).crlf();
        }
        client().requestEdits().writeTo(head);
        head.crlf();
    }

    @Override
    public void writeMethod(HeadWriter out) {
        ParsedRequest request = client().requestSlices();
        out.copy(request.bytes(), request.methodStart(), request.methodEnd());
    }

    @Override
    public void writeTarget(HeadWriter out) {
        if (rewritten != null) {
            out.put(rewritten);
            return;
        }
        ParsedRequest request = client().requestSlices();
        byte[] bytes = request.bytes();
        out.copy(bytes, request.pathStart(), request.pathEnd());
        if (request.hasQuery()) {
            out.put('?').copy(bytes, request.queryStart(), request.queryEnd());
        }
    }

    @Override
    public void writeAuthority(HeadWriter out) {
        if (host != null) {
            out.put(host);
            return;
        }
        FieldEdits edits = client().requestEdits();
        int set = edits.find(HOST_NAME);
        if (set >= 0) {
            out.copy(edits.value(set), edits.valueStart(set), edits.valueEnd(set));
        } else {
            ParsedRequest request = client().requestSlices();
            out.copy(request.bytes(), request.hostStart(), request.hostEnd());
        }
    }

    @Override
    public void tell(FieldSink sink) {
        client().requestEdits().tell(sink);
    }

    @Override
    public boolean isHead() {
        return client().requestSlices().isHead();
    }

    @Override
    public boolean hasBody() {
        return client().hasRequestBody();
    }

    @Override
    public boolean isChunked() {
        return client().isRequestChunked();
    }

    @Override
    public @Nullable String upgrade() {
        return upgrade == null ? null : upgrade.protocol();
    }

    /// What the client wants to change to and may; null for all others. From [#refusal] on.
    @Nullable
    Upgrade wish() {
        return upgrade;
    }

    private TargetClient client() {
        if (client == null) {
            throw new IllegalStateException("no exchange");
        }
        return client;
    }
}
