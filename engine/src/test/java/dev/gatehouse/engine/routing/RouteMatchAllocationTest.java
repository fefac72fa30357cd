package dev.gatehouse.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A match is on the path of every request, and makes no garbage there.
class RouteMatchAllocationTest {
    private static final int ROUNDS = 2000;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void a_match_makes_no_object() {
        RouteTable<String> table = RouteTable.<String>builder()
                .add(RouteMatcher.of("/users/{id}").withMethods("GET"), "a")
                .add(RouteMatcher.of("/users/{id}").withHeader("X-Version", "2").withCookie("beta", "*"), "b")
                .add(RouteMatcher.of("/files/{name}.{ending}").withHosts("*.example.com"), "c")
                .add(RouteMatcher.of("/files/**/meta").withQuery("v", "1*").withPriority(2), "d")
                .build()
                .table();
        List<SampleRequest> requests = List.of(
                SampleRequest.of("GET", "/users/42"),
                SampleRequest.of("HEAD", "/users/42")
                        .withHeader("X-Version", "2")
                        .withCookie("beta", "1"),
                SampleRequest.of("GET", "/files/a.png").withHost("cdn.Example.com:8080"),
                SampleRequest.of("GET", "/files/a/b/meta?x=2&v=12"),
                SampleRequest.of("GET", "/nowhere"));
        RouteMatch<String> match = new RouteMatch<>();
        matchAll(table, requests, match);
        long before = thread.getCurrentThreadAllocatedBytes();
        matchAll(table, requests, match);
        long made = thread.getCurrentThreadAllocatedBytes() - before;
        // Less than one octet for each match: what is there is the loop and the measuring.
        assertThat(made).isLessThan((long) ROUNDS * requests.size());
    }

    private static void matchAll(RouteTable<String> table, List<SampleRequest> requests, RouteMatch<String> match) {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < requests.size(); i++) {
                table.match(requests.get(i), match);
            }
        }
    }
}
