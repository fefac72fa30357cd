package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.GrpcStatus;
import dev.gatehouse.engine.grpc.Dialect;
import dev.gatehouse.engine.grpc.HealthMessages;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gateway's own health by `grpc.health.v1`, on a listener that was told to answer for it. It is asked as a whole,
/// with an empty name; other services it does not know, and nobody can watch it.
final class GrpcHealth implements Target {
    private static final String SERVICE = "/grpc.health.v1.Health/";
    private static final int LONGEST = HealthMessages.CHECK.length();

    private final Readiness readiness;

    GrpcHealth(Readiness readiness) {
        this.readiness = readiness;
    }

    /// Whether a request is for this; most are told by their length.
    static boolean isAsked(ParsedRequest request) {
        int length = request.pathEnd() - request.pathStart();
        return length >= SERVICE.length()
                && length <= LONGEST
                && request.path().startsWith(SERVICE)
                && GrpcCall.spoken(request) == Dialect.GRPC;
    }

    @Override
    public TargetCall open(Loop loop) {
        return new Call();
    }

    @Override
    public List<Destination> destinations(TargetClient client) {
        return List.of();
    }

    /// One question.
    private final class Call implements TargetCall {
        private final ByteArrayOutputStream question = new ByteArrayOutputStream();
        private @Nullable TargetClient client;

        @Override
        public void start(TargetClient asking) {
            if (!asking.requestSlices().path().equals(HealthMessages.CHECK)) {
                asking.fail(new Failure(FailureKind.NOT_IMPLEMENTED, "Only Health/Check is answered here."));
            } else if (asking.hasRequestBody()) {
                client = asking;
                asking.readRequestBody(true);
            } else {
                answer(asking);
            }
        }

        @Override
        public void onRequestBody(ByteBuf in, int n) {
            int kept = Math.min(n, HealthMessages.LONGEST - question.size());
            for (int i = 0; i < kept; i++) {
                question.write(in.getByte(in.readerIndex() + i));
            }
            in.skipBytes(n);
        }

        @Override
        public void onRequestEnd(@Nullable Trailers trailers) {
            TargetClient asking = client;
            client = null;
            if (asking != null) {
                answer(asking);
            }
        }

        private void answer(TargetClient asking) {
            String service = HealthMessages.service(question.toByteArray());
            if (service == null) {
                asking.fail(new Failure(FailureKind.BAD_REQUEST, "This is no HealthCheckRequest."));
            } else if (!service.isEmpty()) {
                asking.respond(new GrpcAnswer(GrpcStatus.NOT_FOUND, "The gateway is asked with an empty name.").head());
            } else {
                serve(asking, readiness.isReady() ? HealthMessages.SERVING : HealthMessages.NOT_SERVING);
            }
        }

        private static void serve(TargetClient asking, int status) {
            byte[] body = HealthMessages.answer(status);
            ParsedResponse head = asking.answerHead();
            String lines = "HTTP/1.1 200 OK\r\nContent-Type: " + Dialect.GRPC.mediaType() + "\r\n\r\n";
            head.parse(Unpooled.wrappedBuffer(lines.getBytes(US_ASCII)), HeadLimits.DEFAULT);
            asking.answer(head, true, body.length);
            asking.answerBody(Unpooled.wrappedBuffer(body), body.length);
            asking.answerEnd(Trailers.of("grpc-status: 0\r\n"));
        }

        @Override
        public void onRequestBatch() {}

        @Override
        public void onClientWritable(boolean writable) {}

        @Override
        public void cancel() {
            client = null;
        }
    }
}
