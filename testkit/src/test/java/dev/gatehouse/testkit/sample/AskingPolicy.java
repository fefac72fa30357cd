package dev.gatehouse.testkit.sample;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

/// Asynchronous: asks another server about each client, and waits a little before it does.
final class AskingPolicy implements Policy {
    private final Config config;

    @Settings(name = "asking", value = "Asks another server whether a client may come in.")
    public record Config(
            @Setting("Who is asked: http://rights.example/may?who=.")
            String url) {}

    /// Makes it.
    static final class Factory implements PolicyFactory<Config> {
        @Override
        public String name() {
            return "asking";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public List<Staged> create(Config config, PolicyContext context) {
            return List.of(new Staged(Stage.AUTHORIZE, new AskingPolicy(config)));
        }
    }

    private AskingPolicy(Config config) {
        this.config = config;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        String who = exchange.request().clientAddress().getHostAddress();
        HttpRequest question =
                HttpRequest.newBuilder(URI.create(config.url() + who)).build();
        return new Decision.Await(exchange.call(question, 1024).thenApply(answer -> {
            exchange.note(who + ": " + answer.statusCode());
            return answer.statusCode() == 200
                    ? Decision.CONTINUE
                    : new Decision.Reject(new Failure(FailureKind.FORBIDDEN, "Not you."));
        }));
    }
}
