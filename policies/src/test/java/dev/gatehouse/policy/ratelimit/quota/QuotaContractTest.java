package dev.gatehouse.policy.ratelimit.quota;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyRequest;
import java.util.List;
import java.util.Map;

class QuotaContractTest extends PolicyContract {
    @Override
    protected PolicyFactory<?> factory() {
        return new QuotaPolicyFactory();
    }

    @Override
    protected String settings() {
        return "{ limit: 3/day, per: client_ip, time_zone: Asia/Tokyo }";
    }

    @Override
    protected List<PolicyRequest> requests() {
        return List.of(request("GET /"), request("GET /").from("192.0.2.77"));
    }

    @Override
    protected Map<String, String> mistakes() {
        return Map.of(
                "{ per: consumer }", "needs 'limit'",
                "{ limit: 60/min }", "goes by no calendar",
                "{ limit: unlimited }", "goes by no calendar",
                "{ limit: 3/day, cost: 4 }", "'cost': 4",
                "{ limit: 3/day, time_zone: Mars }", "is no time zone");
    }
}
