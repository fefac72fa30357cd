package dev.gatehouse.testkit.sample;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.time.TimeSource;
import java.time.Duration;
import java.util.List;

/// Stateful: lets so many requests through in a time, whoever sends them.
final class CountingPolicy implements Policy {
    private static final HeaderName LEFT = HeaderName.of("X-Left");

    private final Config config;
    private final TimeSource time;
    private final StateRef<Window> window;
    private final Counter refused;

    @Settings(name = "counting", value = "Lets so many requests through in a time.")
    public record Config(
            @Setting(value = "How many.", min = "1") int limit,

            @Setting(value = "In which time.", byDefault = "1m", min = "1s")
            Duration per) {}

    /// The time that is being counted. Safe for threads.
    static final class Window implements SharedState<Window> {
        private long begun;
        private int count;

        /// How many are left after one more; negative when there was none.
        synchronized int take(long now, Config config) {
            if (count == 0 || now - begun >= config.per().toNanos()) {
                begun = now;
                count = 0;
            }
            count++;
            return config.limit() - count;
        }

        @Override
        public synchronized Window peek() {
            Window copy = new Window();
            copy.begun = begun;
            copy.count = count;
            return copy;
        }
    }

    /// Makes it.
    static final class Factory implements PolicyFactory<Config> {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public List<Staged> create(Config config, PolicyContext context) {
            return List.of(new Staged(Stage.LIMIT, new CountingPolicy(config, context)));
        }
    }

    private CountingPolicy(Config config, PolicyContext context) {
        this.config = config;
        this.time = context.time();
        this.window = context.state("window", Window::new);
        this.refused = context.counter("counting_refused", "Requests that were too many.", "name")
                .of(context.name());
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        int left = exchange.state(window).take(time.nanos(), config);
        if (exchange.isRecorded()) {
            exchange.note("left " + left);
        }
        if (left >= 0) {
            exchange.setRequestHeader(LEFT, String.valueOf(left));
            return Decision.CONTINUE;
        }
        exchange.count(refused);
        return new Decision.Respond(Response.of(429, Body.of("too many")).set(HeaderName.RETRY_AFTER, "60"));
    }
}
