package dev.gatehouse.it.explain;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.policy.bodylimit.BodyLimitPolicyFactory;
import dev.gatehouse.policy.headers.HeadersPolicyFactory;
import dev.gatehouse.policy.iprules.IpRulesPolicyFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// The policies of random configurations: one that does what a header tells it, one that counts, and built-in ones.
final class TestPolicies {
    static final Extensions EXTENSIONS = new Extensions(
            List.of(
                    new GateFactory(),
                    new MeterFactory(),
                    new HeadersPolicyFactory(),
                    new IpRulesPolicyFactory(),
                    new BodyLimitPolicyFactory()),
            List.of());

    private TestPolicies() {}

    // ── a gate
    // ───────────────────────────────────────────────────────────────────────────────────────────────────────

    /// What the gate is told by `X-Gate`: `deny`, `answer`, `later`, `change`, `note`, or to let pass.
    @Settings(name = "gate", value = "Does what the header X-Gate says.")
    public record GateConfig(
            @Setting(value = "What it is not told, but does for who is called so.", byDefault = "nobody")
            String deny) {}

    private static final class GateFactory implements PolicyFactory<GateConfig> {
        @Override
        public String name() {
            return "gate";
        }

        @Override
        public Class<GateConfig> configType() {
            return GateConfig.class;
        }

        @Override
        public List<Staged> create(GateConfig config, PolicyContext context) {
            return List.of(new Staged(Stage.AUTHORIZE, new Gate(config.deny())));
        }
    }

    private record Gate(String nobody) implements Policy {
        private static final HeaderName TOLD = HeaderName.of("X-Gate");
        private static final HeaderName USER = HeaderName.of("X-User");

        @Override
        public Decision onRequest(Exchange exchange) {
            Text user = exchange.request().header(USER);
            if (user != null && user.toString().equals(nobody)) {
                return new Decision.Reject(new Failure(FailureKind.FORBIDDEN, "Not " + nobody + "."));
            }
            Text told = exchange.request().header(TOLD);
            return switch (told == null ? "" : told.toString()) {
                case "deny" -> new Decision.Reject(new Failure(FailureKind.BAD_REQUEST, "The gate is closed."));
                case "answer" -> new Decision.Respond(Response.of(202, Body.of("the gate")));
                case "later" ->
                    new Decision.Await(CompletableFuture.completedStage(
                            new Decision.Reject(new Failure(FailureKind.FORBIDDEN, "Closed after a while."))));
                case "change" -> {
                    exchange.setRequestHeader(USER, "changed");
                    yield Decision.CONTINUE;
                }
                case "note" -> {
                    exchange.note("user=" + user);
                    yield Decision.CONTINUE;
                }
                default -> Decision.CONTINUE;
            };
        }
    }

    // ── a meter
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @Settings(name = "meter", value = "Refuses one in so many.")
    public record MeterConfig(
            @Setting(value = "How many.", min = "1") int every) {}

    private static final class Count implements SharedState<Count> {
        private final AtomicInteger value;

        Count(int value) {
            this.value = new AtomicInteger(value);
        }

        @Override
        public Count peek() {
            return new Count(value.get());
        }
    }

    private static final class MeterFactory implements PolicyFactory<MeterConfig> {
        @Override
        public String name() {
            return "meter";
        }

        @Override
        public Class<MeterConfig> configType() {
            return MeterConfig.class;
        }

        @Override
        public List<Staged> create(MeterConfig config, PolicyContext context) {
            return List.of(new Staged(
                    Stage.LIMIT, new Meter(config.every(), context.state("count", () -> new Count(0)))));
        }
    }

    private record Meter(int every, StateRef<Count> count) implements Policy {
        @Override
        public Decision onRequest(Exchange exchange) {
            int turn = exchange.state(count).value.incrementAndGet();
            exchange.note("turn=" + turn);
            return turn % every == 0
                    ? new Decision.Reject(new Failure(FailureKind.SERVICE_UNAVAILABLE, "Turn " + turn + "."))
                    : Decision.CONTINUE;
        }
    }
}
