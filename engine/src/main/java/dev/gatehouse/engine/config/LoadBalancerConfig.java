package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.template.Reference;
import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.TemplatePart;
import dev.gatehouse.api.template.TemplateProblem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How requests are spread over the instances of a service.
@Settings(name = "service.load_balancer", value = "How requests are spread over the instances of a service.")
public record LoadBalancerConfig(
        @Setting(
                value = "Whose turn it is: round_robin in turn, least_requests the one with the fewest in flight,"
                        + " random_two the better of two by chance, consistent_hash the same one for the same key.",
                byDefault = "round_robin")
        Algorithm algorithm,

        @Setting("Only for consistent_hash: what the same instance is chosen by, such as {jwt.sub}, {consumer.id},"
                + " {header.x-user}, {cookie.sid}, {query.k}, {client.ip} or {a path parameter}.")
        @Nullable
        String key,

        @Setting("Keep a client on the instance that served it first, by a cookie; whatever the algorithm.") @Nullable
        StickyConfig sticky) {
    public static final LoadBalancerConfig DEFAULT = new LoadBalancerConfig(Algorithm.ROUND_ROBIN, null, null);

    /// All of them take weights into account.
    public enum Algorithm {
        ROUND_ROBIN,
        LEAST_REQUESTS,
        RANDOM_TWO,
        CONSISTENT_HASH
    }

    /// As the user writes it: `round_robin`.
    public String algorithmName() {
        return algorithm.name().toLowerCase(Locale.ROOT);
    }

    public LoadBalancerConfig {
        if (algorithm == Algorithm.CONSISTENT_HASH) {
            if (key == null) {
                throw new IllegalArgumentException(
                        "key: missing (expected: what consistent_hash goes by, like {client.ip})");
            }
            check(Template.parse(key));
        } else if (key != null) {
            throw new IllegalArgumentException(
                    "key: " + algorithm.name().toLowerCase(Locale.ROOT) + " has no use for a key");
        }
    }

    /// The algorithm alone.
    public static LoadBalancerConfig of(Algorithm algorithm) {
        return new LoadBalancerConfig(algorithm, null, null);
    }

    /// The algorithm alone, by its word.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    public static LoadBalancerConfig of(String algorithm) {
        for (Algorithm one : Algorithm.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(algorithm)) {
                return new LoadBalancerConfig(one, null, null);
            }
        }
        throw new IllegalArgumentException("'" + algorithm + "' is no way of balancing" + " (expected: "
                + Arrays.stream(Algorithm.values())
                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                + ")");
    }

    /// Whether the path has the parameters is for the routes to say.
    private static void check(Template key) {
        if (key.isConstant()) {
            throw new IllegalArgumentException(
                    "key: '" + key + "' is the same for every request (expected: something like {client.ip})");
        }
        Set<String> parameters = new HashSet<>();
        for (TemplatePart part : key.parts()) {
            if (part instanceof TemplatePart.Place(Reference reference, int _)) {
                if (reference.isParameter()) {
                    parameters.add(reference.name());
                }
            }
        }
        for (TemplateProblem problem : key.check(parameters)) {
            throw new IllegalArgumentException("key: " + problem.message());
        }
    }
}
