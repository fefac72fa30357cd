package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.http1.ParsedResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts what went wrong with one exchange into the words of its client: an error body in the form it accepts, or a
/// status of gRPC. Belongs to one [ExchangeDriver], and keeps nothing of an exchange.
final class Refusals {
    private static final HeaderName VIA = HeaderName.of("Via");

    private final IncomingRequest request;
    private final ExchangeRecord record;
    private final PolicyWalk policies;

    Refusals(IncomingRequest request, ExchangeRecord record, PolicyWalk policies) {
        this.request = request;
        this.record = record;
        this.policies = policies;
    }

    /// What a client is told of which it has nothing yet.
    Response answer(Failure why, ErrorBody bodies) {
        return GrpcCall.spoken(request.head()) == null
                ? bodies.answer(placed(why, bodies), accept(), request.id())
                : ErrorBody.marked(told(GrpcAnswer.of(why, request.id())).head(), why);
    }

    /// How a call of gRPC ends of which its caller has the beginning of an answer.
    GrpcAnswer end(Failure why) {
        return told(GrpcAnswer.of(why, request.id()));
    }

    /// What a client is told in the place of a service's error.
    Response inPlaceOf(ParsedResponse error, ErrorBody bodies) {
        return GrpcCall.spoken(request.head()) == null
                ? new ServiceErrors(bodies)
                        .standard(error, accept(), request.id())
                        .add(VIA, "1.1 gatehouse")
                : told(GrpcAnswer.ofHttp(error.status(), request.id())).head();
    }

    private GrpcAnswer told(GrpcAnswer answer) {
        record.grpcStatus(answer.status().code());
        return answer;
    }

    private @Nullable Text accept() {
        return request.view().header(HeaderName.ACCEPT);
    }

    /// With the policy that refused and where it is configured, for those who may know.
    private Failure placed(Failure why, ErrorBody bodies) {
        PlacedPolicy decider = policies.decidedBy();
        if (decider == null || !bodies.isFull()) {
            return why;
        }
        Map<String, Object> details = new LinkedHashMap<>(why.details());
        details.put("policy", decider.name());
        if (!decider.place().isEmpty()) {
            details.put("at", decider.place());
        }
        return new Failure(why.kind(), why.message(), details);
    }
}
