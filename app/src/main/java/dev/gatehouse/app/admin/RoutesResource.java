package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.RouteList;
import dev.gatehouse.app.admin.view.RoutePage;
import dev.gatehouse.app.admin.view.RouteStatus;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/api/v1/routes`: all routes in the order in which they are matched, a page at a time.
///
/// The cursor is revision and position, `r18.1000`: after a reload the position means another route, so the walk
/// has to start again instead of leaving some out.
final class RoutesResource implements Resource {
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final int USUAL_LIMIT = 100;
    private static final int MOST_LIMIT = 1000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final Pattern CURSOR_FORM = Pattern.compile("([A-Za-z0-9_-]{1,64})\\.([0-9]{1,9})");

    private final RunningGateway gateway;

    RoutesResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/routes";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(
                        AdminScope.READ,
                        "The routes in the order in which they are matched.",
                        RoutePage.class,
                        this::page)
                .taking(
                        new Operation.Parameter(
                                LIMIT, "How many, 1 to " + MOST_LIMIT + " (default: " + USUAL_LIMIT + ")."),
                        new Operation.Parameter(CURSOR, "`next` of the page before.")));
    }

    private AdminAnswer page(AdminRequest request) {
        int limit = limit(request.parameter(LIMIT));
        if (limit < 1 || limit > MOST_LIMIT) {
            return Problem.INVALID_REQUEST.answer(
                    "limit: " + request.parameter(LIMIT) + " (expected: 1 to " + MOST_LIMIT + ")");
        }
        RouteList all = gateway.routes();
        String cursor = request.parameter(CURSOR);
        if (cursor == null) {
            return page(all, 0, limit);
        }
        Matcher parts = CURSOR_FORM.matcher(cursor);
        if (!parts.matches()) {
            return Problem.INVALID_REQUEST.answer("cursor: '" + cursor + "' (expected: 'next' of the page before)");
        }
        if (!parts.group(1).equals(all.revision())) {
            return Problem.CONFIG_CHANGED.answer("The routes changed from " + parts.group(1) + " to " + all.revision()
                    + " since the first page. Start again without a cursor.");
        }
        return page(all, Integer.parseInt(parts.group(2)), limit);
    }

    private static AdminAnswer page(RouteList all, int wanted, int limit) {
        int total = all.routes().size();
        int from = Math.min(wanted, total);
        int to = Math.min(from + limit, total);
        List<RouteStatus> routes = List.copyOf(all.routes().subList(from, to));
        String next = to < total ? all.revision() + "." + to : null;
        return AdminAnswer.of(new RoutePage(routes, total, next)).ofRevision(all.revision());
    }

    /// 0 when it is no number.
    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_LIMIT;
        }
        return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    }
}
