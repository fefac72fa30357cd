package dev.gatehouse.policy.ratelimit;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyRequest;
import java.util.List;
import java.util.Map;

class RateLimitContractTest extends PolicyContract {
    @Override
    protected PolicyFactory<?> factory() {
        return new RateLimitPolicyFactory();
    }

    @Override
    protected String settings() {
        return """
                limits:
                  - { limit: 5/min, per: [ client_ip, header.Authorization, cookie.session ] }
                  - { limit: 3, algorithm: concurrency, per: route }
                """;
    }

    @Override
    protected List<PolicyRequest> requests() {
        return List.of(
                request("GET /"),
                request("GET /").from("10.66.0.7").header("Cookie", "session=abc"),
                request("GET /").from("2001:db8::1"));
    }

    @Override
    protected Map<String, String> mistakes() {
        return Map.ofEntries(
                Map.entry("{ per: client_ip }", "needs 'limit' or 'limits'"),
                Map.entry("{ limit: 100 }", "'limit': 100 per how long?"),
                Map.entry("{ limit: 60/min, window: 1h }", "'window'"),
                Map.entry("{ limit: 0/min }", "0 (expected: at least 1"),
                Map.entry("{ limit: often }", "'often' is not a rate"),
                Map.entry("{ limit: 60/min, burst: 0 }", "burst"),
                Map.entry("{ limit: 60/min, burst: 2, cost: 3 }", "'cost': 3"),
                Map.entry("{ limit: 60/min, burst: 5, algorithm: sliding_window }", "'burst'"),
                Map.entry("{ limit: 60/min, algorithm: concurrency }", "at the same time"),
                Map.entry("{ limit: 60/min, per: ip }", "'ip' tells no callers apart"),
                Map.entry("{ limit: 60/min, per: [ route, route ] }", "twice"),
                Map.entry("{ limit: 60/min, per: '{id}' }", "the path has no parameter {id}"),
                Map.entry("{ limit: 60/min, store: main-redis }", "there is no store 'main-redis'"),
                Map.entry("{ limits: plan, limit: 60/min }", "'limits'"),
                Map.entry("{ limits: plan, burst: 4 }", "the plans say it"),
                Map.entry("{ limit: 60/min, otherwise: { limit: 5/min } }", "'otherwise'"),
                Map.entry("{ limits: plan, time_zone: Middle/Earth }", "is no time zone"),
                Map.entry("{ limit: 60/min, delay: 2h }", "between 1ms and 60s"));
    }
}
