package dev.gatehouse.policy.authorization;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyRequest;
import java.util.List;
import java.util.Map;

class RequireContractTest extends PolicyContract {
    @Override
    protected PolicyFactory<?> factory() {
        return new RequirePolicyFactory();
    }

    @Override
    protected String settings() {
        return "{ any: [ \"client.ip in ['10.0.0.0/8']\", \"role:admin\" ], all: [ \"request.method == 'GET'\" ] }";
    }

    @Override
    protected List<PolicyRequest> requests() {
        return List.of(
                request("GET /").from("10.0.0.7"),
                request("GET /").from("192.0.2.1"),
                request("POST /").from("10.0.0.7"));
    }

    @Override
    protected Map<String, String> mistakes() {
        return Map.of(
                "{ any: [] }", "needs a condition",
                "{ all: [ 'role=admin' ] }", "write '==' for '='",
                "admin", "a role is written role:admin");
    }
}
