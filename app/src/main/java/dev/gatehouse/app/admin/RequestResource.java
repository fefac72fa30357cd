package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.RequestEntry;
import dev.gatehouse.app.admin.view.RequestStory;
import dev.gatehouse.app.admin.view.Trace;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.recent.RecentRequest;
import dev.gatehouse.engine.telemetry.recent.RecentRequests;
import java.util.List;
import java.util.Map;

/// `/api/v1/requests/{id}`: one request and how it came to its answer. Its id, or six characters or more of the
/// beginning or the end of it.
final class RequestResource implements Resource {
    private static final int LEAST = 6;
    private static final int MOST_SHOWN = 5;

    private final RunningGateway gateway;

    RequestResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/requests/{id}";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(
                AdminScope.READ, "One request, and why it got its answer.", RequestStory.class, this::story));
    }

    private AdminAnswer story(AdminRequest request) {
        String id = request.name("id");
        if (id.length() < LEAST) {
            return Problem.INVALID_REQUEST.answer(
                    "'" + id + "' is too short (expected: an id, or at least " + LEAST + " characters of one)");
        }
        List<RecentRequest> found = gateway.recent().find(id, MOST_SHOWN);
        return switch (found.size()) {
            case 0 ->
                Problem.NO_SUCH_REQUEST.answer("No request " + id + " is remembered. The last "
                        + RecentRequests.PER_LOOP + " of each event loop are, until the gateway stops.");
            case 1 -> AdminAnswer.of(story(found.getFirst()));
            default -> {
                List<String> ids = found.stream().map(RecentRequest::id).toList();
                yield Problem.AMBIGUOUS_REQUEST.answer(
                        "More than one request is called like this: " + String.join(", ", ids) + ".",
                        Map.of("ids", ids));
            }
        };
    }

    private RequestStory story(RecentRequest request) {
        DecisionTrace trace = request.trace();
        return new RequestStory(RequestEntry.of(request), trace == null ? null : Trace.of(trace, gateway.mask()));
    }
}
