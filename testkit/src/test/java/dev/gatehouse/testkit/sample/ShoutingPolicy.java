package dev.gatehouse.testkit.sample;

import dev.gatehouse.api.ChunkTransform;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.nio.ByteBuffer;
import java.util.List;

/// Response-mapping: answers arrive in capitals.
final class ShoutingPolicy implements Policy {
    private static final HeaderName SHOUTED = HeaderName.of("X-Shouted");

    private final Config config;

    @Settings(name = "shouting", value = "Writes answers in capitals.")
    public record Config(
            @Setting(value = "Whether a header tells so.", byDefault = "true")
            boolean tell) {}

    /// Makes it.
    static final class Factory implements PolicyFactory<Config> {
        @Override
        public String name() {
            return "shouting";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public List<Staged> create(Config config, PolicyContext context) {
            return List.of(new Staged(Stage.TRANSFORM, new ShoutingPolicy(config)));
        }
    }

    private ShoutingPolicy(Config config) {
        this.config = config;
    }

    @Override
    public Decision onResponse(Exchange exchange, Response response) {
        if (response.status() != 200) {
            return Decision.CONTINUE;
        }
        if (config.tell()) {
            response.set(SHOUTED, "yes");
        }
        response.body().map(new Capitals());
        return Decision.CONTINUE;
    }

    private static final class Capitals implements ChunkTransform {
        @Override
        public void onChunk(ByteBuffer chunk, Sink out) {
            byte[] octets = new byte[chunk.remaining()];
            chunk.get(octets);
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) (octets[i] >= 'a' && octets[i] <= 'z' ? octets[i] - 32 : octets[i]);
            }
            out.write(octets);
        }
    }
}
