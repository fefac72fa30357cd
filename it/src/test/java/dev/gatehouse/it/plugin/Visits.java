package dev.gatehouse.it.plugin;

/// The source of a plug-in that does what may keep a class loader alive: it remembers between exchanges, leaves
/// things in them, changes bodies, waits, counts, and has threads meet its classes. It answers how often it was
/// asked, in a header.
final class Visits {
    private static final String STATE = """
            package com.example.visits;

            import dev.gatehouse.api.state.SharedState;
            import java.util.concurrent.atomic.AtomicInteger;

            public final class Visited implements SharedState<Visited> {
                final AtomicInteger times = new AtomicInteger();

                @Override
                public Visited peek() {
                    Visited copy = new Visited();
                    copy.times.set(times.get());
                    return copy;
                }
            }
            """;

    private static final String CONFIG = """
            package com.example.visits;

            import dev.gatehouse.api.config.Setting;
            import dev.gatehouse.api.config.Settings;

            @Settings(name = "visits", value = "Counts visits.")
            public record VisitsConfig(
                    @Setting(value = "Which header tells.", byDefault = "X-Visits") String header,
                    @Setting(value = "How it counts.", byDefault = "up") Way way) {
                public enum Way { UP }
            }
            """;

    private static final String POLICY = """
            package com.example.visits;

            import dev.gatehouse.api.Attribute;
            import dev.gatehouse.api.ChunkTransform;
            import dev.gatehouse.api.Decision;
            import dev.gatehouse.api.Exchange;
            import dev.gatehouse.api.HeaderName;
            import dev.gatehouse.api.Outcome;
            import dev.gatehouse.api.policy.Policy;
            import dev.gatehouse.api.Response;
            import dev.gatehouse.api.metrics.Counter;
            import dev.gatehouse.api.state.StateRef;
            import java.nio.ByteBuffer;
            import java.time.Duration;

            final class VisitsPolicy implements Policy {
                private static final Attribute<VisitsPolicy> WHO = Attribute.of("who");
                private static final ThreadLocal<byte[]> SCRATCH = ThreadLocal.withInitial(() -> new byte[64]);

                private final HeaderName header;
                private final StateRef<Visited> visited;
                private final Counter counter;

                VisitsPolicy(HeaderName header, StateRef<Visited> visited, Counter counter) {
                    this.header = header;
                    this.visited = visited;
                    this.counter = counter;
                }

                @Override
                public Decision onRequest(Exchange exchange) {
                    exchange.set(WHO, this);
                    exchange.count(counter);
                    exchange.note("visit by " + exchange.request().clientAddress().getHostAddress());
                    exchange.state(visited).times.incrementAndGet();
                    SCRATCH.get()[0] = 1;
                    return new Decision.Await(exchange.after(Duration.ofMillis(1)).thenApply(_ -> Decision.CONTINUE));
                }

                @Override
                public Decision onResponse(Exchange exchange, Response response) {
                    response.set(header, VERSION + exchange.state(visited).times.get());
                    response.body().map(new ChunkTransform() {
                        @Override
                        public void onChunk(ByteBuffer chunk, Sink out) {
                            out.write(chunk);
                        }
                    });
                    return Decision.CONTINUE;
                }

                @Override
                public void onEnd(Exchange exchange, Outcome outcome) {
                    if (exchange.get(WHO) != this) {
                        throw new IllegalStateException("somebody else's exchange");
                    }
                }

                static final String VERSION = "%s";
            }
            """;

    private static final String FACTORY = """
            package com.example.visits;

            import dev.gatehouse.api.HeaderName;
            import dev.gatehouse.api.policy.PolicyContext;
            import dev.gatehouse.api.policy.PolicyFactory;
            import dev.gatehouse.api.policy.Stage;
            import dev.gatehouse.api.policy.Staged;
            import java.util.List;

            public final class VisitsPolicyFactory implements PolicyFactory<VisitsConfig> {
                @Override
                public String name() {
                    return "visits";
                }

                @Override
                public Class<VisitsConfig> configType() {
                    return VisitsConfig.class;
                }

                @Override
                public List<Staged> create(VisitsConfig config, PolicyContext context) {
                    return List.of(new Staged(Stage.LIMIT, new VisitsPolicy(
                            HeaderName.of(config.header()),
                            context.state("visited", Visited::new),
                            context.counter("visits", "Visits.", "name").of(context.name()))));
                }
            }
            """;

    private Visits() {}

    /// @param version stands in front of the number
    static PluginJar version(String version) {
        return PluginJar.of(STATE, CONFIG, POLICY.formatted(version), FACTORY);
    }
}
