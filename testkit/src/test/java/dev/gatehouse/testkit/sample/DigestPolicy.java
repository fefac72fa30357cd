package dev.gatehouse.testkit.sample;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.util.List;
import java.util.zip.CRC32;

/// Body-collecting: tells the service a checksum of each request's body, and puts a line end behind it.
final class DigestPolicy implements Policy {
    private static final HeaderName CHECKSUM = HeaderName.of("X-Checksum");

    private final Config config;

    @Settings(name = "digest", value = "Tells the service a checksum of the body.")
    public record Config(
            @Setting(value = "The largest body; more is refused.", byDefault = "1KiB", min = "1B", max = "1GiB")
            long limit) {}

    /// Makes it.
    static final class Factory implements PolicyFactory<Config> {
        @Override
        public String name() {
            return "digest";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public List<Staged> create(Config config, PolicyContext context) {
            return List.of(new Staged(Stage.TRANSFORM, new DigestPolicy(config)));
        }
    }

    private DigestPolicy(Config config) {
        this.config = config;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        return new Decision.Await(exchange.requestBody()
                .collect(Math.toIntExact(config.limit()))
                .thenApply(octets -> {
                    CRC32 checksum = new CRC32();
                    checksum.update(octets);
                    exchange.setRequestHeader(CHECKSUM, Long.toHexString(checksum.getValue()));
                    exchange.requestBody().replace((new String(octets, US_ASCII) + "\n").getBytes(US_ASCII));
                    return Decision.CONTINUE;
                }));
    }
}
