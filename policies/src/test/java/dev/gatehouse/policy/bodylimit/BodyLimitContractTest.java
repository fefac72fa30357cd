package dev.gatehouse.policy.bodylimit;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyRequest;
import java.util.List;
import java.util.Map;

class BodyLimitContractTest extends PolicyContract {
    @Override
    protected PolicyFactory<?> factory() {
        return new BodyLimitPolicyFactory();
    }

    @Override
    protected String settings() {
        return "{ size: 10B }";
    }

    @Override
    protected List<PolicyRequest> requests() {
        return List.of(
                request("POST /").body("short"), request("POST /").body("more than ten octets"), request("GET /"));
    }

    @Override
    protected Map<String, String> mistakes() {
        return Map.of("{ size: 10 }", "size", "{}", "size");
    }
}
