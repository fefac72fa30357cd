package dev.gatehouse.engine.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a route sends requests: `orders`, `http://localhost:3000`, or shares of several, `{ v1: 90, v2: 10 }`.
///
/// @param weights name or URL to its share beside the others; in the order in which they were written
public record ServiceChoice(Map<String, Integer> weights) {
    public ServiceChoice {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("a route needs at least one service to choose from");
        }
        long sum = 0;
        for (var share : weights.entrySet()) {
            Check.between("weight of " + share.getKey(), share.getValue(), 0, 1_000_000);
            sum += share.getValue();
        }
        if (sum == 0) {
            throw new IllegalArgumentException("all weights are 0, so no request could be sent anywhere");
        }
    }

    public static ServiceChoice of(String service) {
        return new ServiceChoice(Map.of(service, 1));
    }

    public static ServiceChoice of(Map<String, Integer> weights) {
        return new ServiceChoice(weights);
    }
}
