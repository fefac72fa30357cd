package dev.gatehouse.benchmarks;

import dev.gatehouse.engine.routing.RouteMatch;
import dev.gatehouse.engine.routing.RouteMatch.Outcome;
import dev.gatehouse.engine.routing.RouteMatcher;
import dev.gatehouse.engine.routing.RouteTable;
import dev.gatehouse.engine.routing.RouteTableBuilder;
import dev.gatehouse.engine.routing.SampleRequest;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Finding the route of a request, among few and among many. Requests differ from call to call, so that neither the
/// branch predictor nor the cache knows the answer.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouteMatchBenchmark {
    private static final int REQUESTS = 1024;

    @Param({"10", "100", "10000", "100000"})
    int routes;

    private RouteTable<Integer> table = RouteTable.<Integer>builder().build().table();
    private final RouteMatch<Integer> match = new RouteMatch<>();
    private final SampleRequest[] literal = new SampleRequest[REQUESTS];
    private final SampleRequest[] parameter = new SampleRequest[REQUESTS];
    private final SampleRequest[] wildcardHost = new SampleRequest[REQUESTS];
    private final SampleRequest[] header = new SampleRequest[REQUESTS];
    private final SampleRequest[] nothing = new SampleRequest[REQUESTS];
    private int next;

    /// Of five routes one is a plain path, one has a parameter, one stands under a wildcard of hosts, and two
    /// share a path and differ by a header.
    @Setup
    public void fill() {
        table = build(routes);
        for (int i = 0; i < REQUESTS; i++) {
            int n = (int) ((long) i * 7919 % (routes / 5));
            literal[i] = SampleRequest.of("GET", path(n) + "/status").withHost("api.example.com:8443");
            parameter[i] = SampleRequest.of("GET", path(n) + "/items/" + i).withHost("api.example.com:8443");
            wildcardHost[i] = SampleRequest.of("GET", path(n) + "/menus").withHost("eu.shop" + n % 50 + ".example");
            header[i] = SampleRequest.of("GET", path(n) + "/beta")
                    .withHost("api.example.com")
                    .withHeader("Accept", "*/*")
                    .withHeader("X-Version", i % 2 == 0 ? "1" : "2");
            nothing[i] = SampleRequest.of("GET", path(n) + "/nothing/here").withHost("api.example.com");
        }
    }

    private static RouteTable<Integer> build(int routes) {
        RouteTableBuilder<Integer> builder = RouteTable.builder();
        for (int i = 0; i < routes / 5; i++) {
            builder.add(RouteMatcher.of(path(i) + "/status"), i);
            builder.add(RouteMatcher.of(path(i) + "/items/{id}").withMethods("GET", "PUT"), i);
            builder.add(RouteMatcher.of(path(i) + "/**").withHosts("*.shop" + i % 50 + ".example"), i);
            builder.add(RouteMatcher.of(path(i) + "/beta").withHeader("X-Version", "1"), i);
            builder.add(RouteMatcher.of(path(i) + "/beta").withHeader("X-Version", "2"), i);
        }
        return builder.build().table();
    }

    private static String path(int i) {
        return "/api/team" + i % 40 + "/resource" + i;
    }

    @Benchmark
    public Outcome literal() {
        return find(literal);
    }

    @Benchmark
    public Outcome parameter() {
        return find(parameter);
    }

    @Benchmark
    public Outcome wildcardHost() {
        return find(wildcardHost);
    }

    @Benchmark
    public Outcome header() {
        return find(header);
    }

    @Benchmark
    public Outcome nothing() {
        return find(nothing);
    }

    /// Reading and checking all routes, as each reload does.
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public RouteTable<Integer> load() {
        return build(routes);
    }

    private Outcome find(SampleRequest[] requests) {
        return table.match(requests[next++ & (REQUESTS - 1)], match);
    }
}
