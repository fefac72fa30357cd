package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.target.proxy.StandIn.Act;
import dev.gatehouse.engine.target.proxy.StandIn.Fails;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One exchange with a stand-in for a service: gathers what the service would be sent, and gives the client what the
/// stand-in says when the time has come. For one exchange.
final class StandInCall implements TargetCall {
    private final Service service;
    private final ProxyRoute route;
    private final StandIn standIn;
    private final Loop loop;
    private final Deadline deadline;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private byte @Nullable [] rewritten;

    /// Null once the exchange is over.
    private @Nullable TargetClient client;

    private @Nullable Act act;

    StandInCall(Service service, ProxyRoute route, StandIn standIn, Loop loop) {
        this.service = service;
        this.route = route;
        this.standIn = standIn;
        this.loop = loop;
        this.deadline = loop.exchanges().register(this::onTime);
    }

    @Override
    public void start(TargetClient exchange) {
        client = exchange;
        RequestRewrite rewrite = route.rewrite();
        if (rewrite != null && rewrite.changesTarget()) {
            rewritten = rewrite.target(exchange, loop.heads());
            if (rewritten == null) {
                fail(ServiceFailures.leadsElsewhere());
                return;
            }
        }
        setFields(exchange, rewrite);
        exchange.sentTo(service, null, rewritten);
        if (exchange.hasRequestBody()) {
            exchange.readRequestBody(true);
        } else {
            onRequestEnd(null);
        }
    }

    private void setFields(TargetClient exchange, @Nullable RequestRewrite rewrite) {
        byte[] authority =
                service.config().instances().getFirst().address().authority().getBytes(US_ASCII);
        byte[] host = rewrite == null ? null : rewrite.host(authority);
        if (host == null) {
            ForwardedFields.addHost(exchange, authority);
        } else {
            exchange.requestSlices().takeOutAll(KnownField.HOST);
            exchange.requestEdits().add("Host".getBytes(US_ASCII), host);
        }
        ForwardedFields.add(exchange, exchange.sendsForwarded());
    }

    @Override
    public void onRequestBody(ByteBuf in, int n) {
        byte[] octets = new byte[n];
        in.readBytes(octets);
        body.writeBytes(octets);
    }

    @Override
    public void onRequestEnd(@Nullable Trailers trailers) {
        TargetClient exchange = client;
        if (exchange == null) {
            return;
        }
        Act todo = standIn.answer(sent(exchange));
        act = todo;
        Duration patience =
                shorter(route.timeouts().firstByte(), route.timeouts().request());
        boolean silent = todo instanceof Fails(Fails.How how, Duration _) && how == Fails.How.TIMEOUT;
        if (silent || todo.delay().compareTo(patience) >= 0) {
            act = new Fails(Fails.How.TIMEOUT, patience);
            wait(patience);
        } else if (todo.delay().isZero()) {
            onTime();
        } else {
            wait(todo.delay());
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void wait(Duration time) {
        deadline.at(loop.now() + time.toNanos());
    }

    private SentRequest sent(TargetClient exchange) {
        ParsedRequest request = exchange.requestSlices();
        String query = request.hasQuery() ? "?" + request.query() : "";
        HeadWriter lines = new HeadWriter();
        exchange.requestEdits().writeTo(lines);
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line : new String(lines.toArray(), ISO_8859_1).split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(Map.entry(
                        line.substring(0, colon), line.substring(colon + 1).strip()));
            }
        }
        return new SentRequest(
                service.key(),
                request.method(),
                rewritten == null ? request.path() + query : new String(rewritten, ISO_8859_1),
                headers,
                body.toByteArray());
    }

    // ── the answer
    // ───────────────────────────────────────────────────────────────────────────────────────────────────

    private void onTime() {
        switch (act) {
            case null -> {}
            case StandIn.Answer answer -> answer(answer);
            case Fails(Fails.How how, Duration _) ->
                fail(
                        switch (how) {
                            case CONNECT -> ServiceFailures.unavailable(service);
                            case TIMEOUT -> ServiceFailures.timeout();
                            case BROKEN ->
                                ServiceFailures.broken(service, "It closed the connection without an answer.");
                        });
        }
    }

    private void answer(StandIn.Answer answer) {
        TargetClient exchange = client;
        if (exchange == null) {
            return;
        }
        ParsedResponse head = exchange.answerHead();
        byte[] octets = answer.body();
        Progress progress = head.parse(Unpooled.wrappedBuffer(head(answer)), HeadLimits.DEFAULT);
        if (progress != Progress.COMPLETE) {
            fail(ServiceFailures.broken(service, "It is not HTTP."));
            return;
        }
        boolean hasBody = head.hasBody(exchange.requestSlices().isHead()) && octets.length > 0;
        exchange.answer(head, hasBody, hasBody ? octets.length : 0);
        // Whoever is told something may end the exchange.
        if (hasBody && client != null) {
            exchange.answerBody(Unpooled.wrappedBuffer(octets), octets.length);
            if (client != null) {
                exchange.answerBatch();
            }
        }
        if (client != null) {
            end();
            exchange.answerEnd(null);
        }
    }

    private static byte[] head(StandIn.Answer answer) {
        StringBuilder text = new StringBuilder(128);
        text.append("HTTP/1.1 ").append(answer.status()).append(" \r\n");
        answer.headers()
                .forEach(field -> text.append(field.getKey())
                        .append(": ")
                        .append(field.getValue())
                        .append("\r\n"));
        if (answer.status() != 204 && answer.status() != 304) {
            text.append("Content-Length: ").append(answer.body().length).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private void fail(Failure failure) {
        TargetClient exchange = client;
        end();
        if (exchange != null) {
            exchange.fail(failure);
        }
    }

    private void end() {
        client = null;
        act = null;
        deadline.close();
    }

    // ── what a stand-in has no use for
    // ───────────────────────────────────────────────────────────────────────────────

    @Override
    public void onRequestBatch() {}

    @Override
    public void onClientWritable(boolean writable) {}

    @Override
    public void cancel() {
        end();
    }
}
