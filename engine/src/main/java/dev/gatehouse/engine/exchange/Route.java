package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.engine.config.EncodedCharacter;
import dev.gatehouse.engine.config.GrpcConfig;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.http1.ParsedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One route as it runs: its rules and who answers. Immutable, shared by all loops.
///
/// @param label what people call it: its name, or methods and path (`GET /menus/{restaurantId}`)
/// @param at where it is configured (`gateway.yaml:147:5`); empty when it was not written in a file
/// @param policies in the order in which a request meets them
/// @param patience how long one policy may keep a request waiting
/// @param standardErrors whether errors of its service are put into the standard form
/// @param grpc what it says of the calls of gRPC that it is for; null when it is for others
/// @param allowEncoded what it takes escaped in a path; everybody else refuses that
public record Route(
        String label,
        String at,
        Target target,
        List<PlacedPolicy> policies,
        Duration patience,
        boolean standardErrors,
        @Nullable GrpcConfig grpc,
        Set<EncodedCharacter> allowEncoded) {
    public Route {
        policies = List.copyOf(policies);
        allowEncoded = Set.copyOf(allowEncoded);
    }

    /// Whether one of its policies answers CORS preflights, in earnest.
    boolean answersPreflights() {
        for (PlacedPolicy one : policies) {
            if (one.stage() == Stage.CORS && !one.shadow()) {
                return true;
            }
        }
        return false;
    }

    /// Whether it takes a path with these escapes in it.
    boolean takes(ParsedRequest request) {
        return (!request.hasEncodedSlash() || allowEncoded.contains(EncodedCharacter.SLASH))
                && (!request.hasEncodedBackslash() || allowEncoded.contains(EncodedCharacter.BACKSLASH));
    }

    @Override
    public String toString() {
        return label;
    }
}
