package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The gRPC of a route. Written as a word, it is the method.
@Settings(
        name = "route.grpc",
        value = "Makes this a route of gRPC: shop.Stock/GetLevel is one method, shop.Stock/* all of a service.")
public record GrpcConfig(
        @Setting(
                "Method this route is for: shop.Stock/GetLevel, or shop.Stock/* for all of a service. In place of path.")
        String method,

        @Setting(
                value = "Take gRPC-Web from browsers too, binary and text, and speak gRPC with the service.",
                byDefault = "true")
        boolean web,

        @Setting("Most time a call may take, whatever its grpc-timeout says; left out, only that counts.") @Nullable
        Duration maxTimeout) {
    private static final Pattern METHOD =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*/([A-Za-z_][A-Za-z0-9_]*|\\*)");

    public GrpcConfig {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException(
                    "method: '" + method + "' (expected: package.Service/Method, or package.Service/*)");
        }
        if (maxTimeout != null) {
            Check.atLeast("max_timeout", maxTimeout, Duration.ofMillis(1));
        }
    }

    public static GrpcConfig of(String method) {
        return new GrpcConfig(method, true, null);
    }
}
