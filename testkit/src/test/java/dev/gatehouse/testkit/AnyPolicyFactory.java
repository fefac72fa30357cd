package dev.gatehouse.testkit;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.api.time.TimeSource;
import java.util.List;
import java.util.function.BiFunction;

/// The slot `any`: whatever a test wants to be decided of a request.
record AnyPolicyFactory(BiFunction<Exchange, TimeSource, Decision> rule)
        implements PolicyFactory<AnyPolicyFactory.Config> {
    @Settings(name = "any", value = "Decides anything.")
    public record Config(
            @Setting(value = "Means nothing.", byDefault = "0")
            int level) {}

    @Override
    public String name() {
        return "any";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public List<Staged> create(Config config, PolicyContext context) {
        return List.of(new Staged(Stage.AUTHORIZE, new Policy() {
            @Override
            public Decision onRequest(Exchange exchange) {
                return rule.apply(exchange, context.time());
            }
        }));
    }
}
