package dev.gatehouse.engine.service.health;

import dev.gatehouse.api.GrpcStatus;
import dev.gatehouse.engine.grpc.Dialect;
import dev.gatehouse.engine.grpc.GrpcFields;
import dev.gatehouse.engine.grpc.HealthMessages;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call of `grpc.health.v1.Health/Check`: passes when the service that is asked for is serving.
final class GrpcCheck extends CheckRequest {
    private static final List<String> STATUSES = List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");

    GrpcCheck(String service, byte[] authority) {
        super(
                "POST",
                HealthMessages.CHECK,
                authority,
                Map.of("Content-Type", Dialect.GRPC.mediaType(), "TE", "trailers"),
                HealthMessages.question(service));
    }

    @Override
    public @Nullable Verdict judge(ParsedResponse head) {
        return head.status() == 200 ? null : new Verdict(false, Integer.toString(head.status()));
    }

    @Override
    public Verdict judge(ParsedResponse head, byte[] body, @Nullable Trailers trailers) {
        int code = GrpcFields.status(trailers == null ? head : trailers);
        if (code != GrpcStatus.OK.code()) {
            GrpcStatus status = GrpcStatus.of(code);
            return new Verdict(false, code < 0 ? "no grpc-status" : "grpc-status " + (status == null ? code : status));
        }
        int health = HealthMessages.status(body);
        boolean known = health >= 0 && health < STATUSES.size();
        return new Verdict(
                health == HealthMessages.SERVING, known ? STATUSES.get(health) : "an answer that is not about health");
    }
}
