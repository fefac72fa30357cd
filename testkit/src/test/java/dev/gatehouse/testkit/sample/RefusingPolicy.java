package dev.gatehouse.testkit.sample;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.util.List;
import java.util.Map;

/// Rejecting: programs of some names may not come in.
final class RefusingPolicy implements Policy {
    private final List<String> agents;

    @Settings(name = "refusing", value = "Keeps some programs out.")
    public record Config(
            @Setting(value = "What their User-Agent begins with.", min = "1")
            List<String> agents) {
        public Config {
            agents = List.copyOf(agents);
            if (agents.contains("")) {
                throw new IllegalArgumentException("agents: every name begins with nothing");
            }
        }
    }

    /// Makes it.
    static final class Factory implements PolicyFactory<Config> {
        @Override
        public String name() {
            return "refusing";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public List<Staged> create(Config config, PolicyContext context) {
            return List.of(new Staged(Stage.AUTHORIZE, new RefusingPolicy(config)));
        }
    }

    private RefusingPolicy(Config config) {
        this.agents = config.agents();
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        Text agent = exchange.request().header(HeaderName.USER_AGENT);
        String name = agent == null ? "" : agent.toString();
        for (String refused : agents) {
            if (name.startsWith(refused)) {
                exchange.note("begins with " + refused);
                return new Decision.Reject(
                        new Failure(FailureKind.FORBIDDEN, "Not with this program.", Map.of("program", refused)));
            }
        }
        return Decision.CONTINUE;
    }
}
