package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the gateway knows which instances of a service can be used.
@Settings(name = "service.health_check", value = "How the gateway knows which instances of a service can be used.")
public record HealthCheckConfig(
        @Setting("Path the gateway asks each instance for; left out, it does not ask, and goes by requests alone.")
        @Nullable
        String path,

        @Setting(
                "In place of path: asks each instance by grpc.health.v1 how this service of gRPC is, such as shop.Stock;"
                        + " \"\" asks for all of the instance. SERVING passes.")
        @Nullable
        String grpc,

        @Setting(
                value = "Time between two checks of an instance, spread by chance by a tenth; a failed check of an"
                        + " instance that is up is repeated sooner.",
                byDefault = "5s",
                min = "100ms",
                max = "1h")
        Duration interval,

        @Setting(value = "Time a check may take, connecting included.", byDefault = "1s", min = "10ms", max = "1m")
        Duration timeout,

        @Setting(
                value = "Checks in a row that must pass before an instance that is down is used again.",
                byDefault = "2",
                min = "1",
                max = "100")
        int healthyAfter,

        @Setting(
                value = "Checks in a row that must fail before an instance is down.",
                byDefault = "3",
                min = "1",
                max = "100")
        int unhealthyAfter,

        @Setting(value = "Status codes that pass: 200, 2xx or 200-299.", byDefault = "2xx", min = "1")
        List<String> expect,

        @Setting("Leaving instances out because of how they treat requests.")
        PassiveHealthConfig passive) {
    private static final int LONGEST_NAME = 127;

    public static final HealthCheckConfig DEFAULT = new HealthCheckConfig(
            null,
            null,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            2,
            3,
            List.of("2xx"),
            PassiveHealthConfig.DEFAULT);

    public HealthCheckConfig {
        if (path != null && (!path.startsWith("/") || !isVisibleAscii(path))) {
            throw new IllegalArgumentException("path: '" + path + "' (expected: a path like /health)");
        }
        if (grpc != null && path != null) {
            throw new IllegalArgumentException("path: '" + path + "' (expected: none, as 'grpc' says what is asked)");
        }
        if (grpc != null && (!isVisibleAscii(grpc) || grpc.length() > LONGEST_NAME)) {
            throw new IllegalArgumentException("grpc: '" + grpc + "' (expected: a service like shop.Stock)");
        }
        Check.between("interval", interval, Duration.ofMillis(100), Duration.ofHours(1));
        Check.between("timeout", timeout, Duration.ofMillis(10), Duration.ofMinutes(1));
        Check.between("healthy_after", healthyAfter, 1, 100);
        Check.between("unhealthy_after", unhealthyAfter, 1, 100);
        expect = List.copyOf(expect);
        if (expect.isEmpty()) {
            throw new IllegalArgumentException("expect: nothing (expected: at least one status)");
        }
        expect.forEach(StatusRange::of);
    }

    /// A check of `path` with every other setting as it is by default.
    public static HealthCheckConfig of(String path) {
        return new HealthCheckConfig(
                path,
                null,
                DEFAULT.interval,
                DEFAULT.timeout,
                DEFAULT.healthyAfter,
                DEFAULT.unhealthyAfter,
                DEFAULT.expect,
                DEFAULT.passive);
    }

    /// A check of a service of gRPC with every other setting as it is by default.
    public static HealthCheckConfig ofGrpc(String service) {
        return new HealthCheckConfig(
                null,
                service,
                DEFAULT.interval,
                DEFAULT.timeout,
                DEFAULT.healthyAfter,
                DEFAULT.unhealthyAfter,
                DEFAULT.expect,
                DEFAULT.passive);
    }

    public HealthCheckConfig withTimes(Duration between, Duration atMost) {
        return new HealthCheckConfig(path, grpc, between, atMost, healthyAfter, unhealthyAfter, expect, passive);
    }

    public HealthCheckConfig withThresholds(int healthy, int unhealthy) {
        return new HealthCheckConfig(path, grpc, interval, timeout, healthy, unhealthy, expect, passive);
    }

    public HealthCheckConfig withPassive(PassiveHealthConfig config) {
        return new HealthCheckConfig(path, grpc, interval, timeout, healthyAfter, unhealthyAfter, expect, config);
    }

    /// Whether this status passes.
    public boolean expects(int status) {
        for (String range : expect) {
            if (StatusRange.of(range).contains(status)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '#');
    }
}
