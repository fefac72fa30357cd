package dev.gatehouse.benchmarks;

import dev.gatehouse.api.Text;
import dev.gatehouse.api.expression.Expression;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.engine.expression.ExpressionReader;
import dev.gatehouse.engine.expression.PathValues;
import java.util.Map;
import java.util.Set;
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

/// A condition, asked about the request of somebody who is known. Finding the facts in a head is not part of it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExpressionBenchmark {
    @Param({
        "role:admin",
        "jwt.sub == path.userId or role:support",
        "request.method in ['GET', 'HEAD'] and jwt.level >= 3 and not group:suspended",
        "header.user-agent matches 'curl/[0-9.]+'"
    })
    String written = "role:admin";

    private final Text method = Text.of("GET");
    private final Text user = Text.of("u-12345");
    private final Text agent = Text.of("curl/8.14.1");
    private final IdentifiedExchange exchange = new IdentifiedExchange(
            new Identity("customer", "u-12345", null, null, Set.of("customer", "admin"), Set.of(), Map.of("level", 4L)),
            reference -> switch (reference.group()) {
                case "request" -> method;
                case "header" -> agent;
                default -> user;
            });
    private Expression expression = ExpressionReader.read("role:admin", PathValues.ofRoute(Set.of()));

    @Setup
    public void read() {
        expression = ExpressionReader.read(written, PathValues.ofRoute(Set.of("userId")));
        if (!expression.test(exchange)) {
            throw new IllegalStateException("it should hold: " + written);
        }
    }

    @Benchmark
    public boolean ask() {
        return expression.test(exchange);
    }
}
