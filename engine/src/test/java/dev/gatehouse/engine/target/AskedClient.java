package dev.gatehouse.engine.target;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.MadeResponse;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.template.Facts;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.telemetry.TunnelSummary;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An exchange that asks a target for `GET target`, and keeps what it is answered.
public final class AskedClient implements TargetClient {
    private final ParsedRequest request = new ParsedRequest();
    private final FieldEdits edits = new FieldEdits();
    private final Map<String, String> facts = new HashMap<>();
    private final Map<String, Integer> starts = new HashMap<>();
    private final Map<String, Integer> ends = new HashMap<>();
    private @Nullable Response answer;
    private @Nullable Failure failure;

    private AskedClient(String target) {
        String head = "GET " + target + " HTTP/1.1\r\nHost: shop.example:8080\r\n\r\n";
        request.parse(Unpooled.wrappedBuffer(head.getBytes(ISO_8859_1)), HeadLimits.DEFAULT);
        edits.reset(request);
        facts.put("request.host", "shop.example");
    }

    public static AskedClient asking(String target) {
        return new AskedClient(target);
    }

    /// The route has matched: this part of the path is the value of the parameter.
    public AskedClient parameter(String name, String value) {
        int start = request.pathStart()
                + (value.isEmpty() ? request.path().length() : request.path().indexOf(value));
        starts.put(name, start);
        ends.put(name, start + value.length());
        facts.put(name, value);
        return this;
    }

    public AskedClient fact(String name, String value) {
        facts.put(name, value);
        return this;
    }

    public Response answer() {
        if (answer == null) {
            throw new AssertionError("no answer, but " + failure);
        }
        return answer;
    }

    public @Nullable String header(String name) {
        var value = answer().header(HeaderName.of(name));
        return value == null ? null : value.toString();
    }

    public String body() {
        return ((MadeResponse) answer()).body() instanceof Body.Bytes bytes
                ? new String(bytes.octets(), StandardCharsets.UTF_8)
                : "";
    }

    public @Nullable Failure failure() {
        return failure;
    }

    @Override
    public void respond(Response given) {
        answer = given;
    }

    @Override
    public void fail(Failure why) {
        failure = why;
    }

    @Override
    public ParsedRequest requestSlices() {
        return request;
    }

    @Override
    public FieldEdits requestEdits() {
        return edits;
    }

    @Override
    public PathParameters parameters() {
        return new PathParameters() {
            @Override
            public int from(String name) {
                return starts.getOrDefault(name, -1);
            }

            @Override
            public int to(String name) {
                return ends.getOrDefault(name, -1);
            }
        };
    }

    @Override
    public Facts facts() {
        return reference -> facts.get(reference.toString());
    }

    @Override
    public byte[] requestIdOctets() {
        return new byte[0];
    }

    @Override
    public void addTrace(FieldEdits edits) {}

    @Override
    public Peer peer() {
        throw new AssertionError("not asked for by a target that answers itself");
    }

    @Override
    public boolean hasRequestBody() {
        return request.hasBody();
    }

    @Override
    public boolean isRequestChunked() {
        return request.isChunked();
    }

    @Override
    public boolean awaitsContinue() {
        return request.expectsContinue();
    }

    @Override
    public void sentTo(Service service, Instance instance, byte @Nullable [] target) {}

    @Override
    public ParsedResponse answerHead() {
        throw new AssertionError("there is no service");
    }

    @Override
    public void readRequestBody(boolean on) {
        throw new AssertionError("nobody wants the body");
    }

    @Override
    public boolean isClientWritable() {
        return true;
    }

    @Override
    public void addToAnswer(byte[] name, byte[] value) {
        throw new AssertionError("there is no service");
    }

    @Override
    public void tunnels(TunnelSummary tunnel) {
        throw new AssertionError("there is no service");
    }

    @Override
    public void answerInterim(ParsedResponse head) {
        throw new AssertionError("there is no service");
    }

    @Override
    public void answer(ParsedResponse head, boolean hasBody, int bodyAtHand) {
        throw new AssertionError("there is no service");
    }

    @Override
    public void answerBody(ByteBuf in, int n) {
        throw new AssertionError("there is no service");
    }

    @Override
    public void answerBatch() {}

    @Override
    public void answerEnd(@Nullable Trailers trailers) {
        throw new AssertionError("there is no service");
    }

    @Override
    public long callEnd() {
        return NO_END;
    }

    @Override
    public boolean sendsClientCertificate() {
        return false;
    }

    @Override
    public boolean sendsForwarded() {
        return false;
    }
}
