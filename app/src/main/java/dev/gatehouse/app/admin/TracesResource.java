package dev.gatehouse.app.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.app.admin.view.TraceToken;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.config.decode.Units;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// `/api/v1/traces`: tokens with which a client may have its own requests written down.
final class TracesResource implements Resource {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final RunningGateway gateway;

    TracesResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /// @param time how long it is to be valid, such as `10m`
    record Wanted(@JsonProperty("for") String time) {}

    @Override
    public String path() {
        return "/api/v1/traces";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.post(
                AdminScope.OPERATE,
                "A token that has the requests it comes with written down.",
                Wanted.class,
                TraceToken.class,
                this::issue));
    }

    private AdminAnswer issue(AdminRequest request) {
        JsonNode wanted;
        try {
            wanted = ViewJson.MAPPER.readTree(request.body());
        } catch (JacksonException e) {
            return Problem.INVALID_REQUEST.answer("The body is not JSON: " + e.getOriginalMessage());
        }
        JsonNode written = wanted.path("for");
        Duration time = written.isString() ? Units.time(written.stringValue()) : null;
        if (wanted.size() != 1 || time == null || !time.isPositive() || time.compareTo(LONGEST) > 0) {
            return Problem.INVALID_REQUEST.answer(
                    "The body should look like {\"for\": \"10m\"}, with a time of up to 24h.");
        }
        TraceToken token = gateway.traceToken(time);
        return AdminAnswer.of(token).done("a token for traces made, valid until " + token.until());
    }
}
