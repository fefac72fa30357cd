package dev.gatehouse.engine.service.health;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A GET that says who asks, and that nothing follows. The status of its answer decides.
final class HttpCheck extends CheckRequest {
    private final HealthCheckConfig config;

    HttpCheck(String path, HealthCheckConfig config, byte[] authority) {
        super("GET", path, authority, Map.of("Accept", "*/*", "Connection", "close"), new byte[0]);
        this.config = config;
    }

    @Override
    public Verdict judge(ParsedResponse head) {
        return new Verdict(config.expects(head.status()), Integer.toString(head.status()));
    }

    @Override
    public Verdict judge(ParsedResponse head, byte[] body, @Nullable Trailers trailers) {
        return judge(head);
    }
}
