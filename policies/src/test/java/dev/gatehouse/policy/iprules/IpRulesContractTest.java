package dev.gatehouse.policy.iprules;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyRequest;
import java.util.List;
import java.util.Map;

class IpRulesContractTest extends PolicyContract {
    @Override
    protected PolicyFactory<?> factory() {
        return new IpRulesPolicyFactory();
    }

    @Override
    protected String settings() {
        return "{ allow: [ 10.0.0.0/8 ], deny: [ 10.66.0.0/16 ] }";
    }

    @Override
    protected List<PolicyRequest> requests() {
        return List.of(
                request("GET /").from("10.0.0.7"),
                request("GET /").from("10.66.0.7"),
                request("GET /").from("192.0.2.1"));
    }

    @Override
    protected Map<String, String> mistakes() {
        return Map.of(
                "{ allow: [ 10.0.0.0/33 ] }", "'10.0.0.0/33'",
                "{ allow: [] }", "needs 'allow' or 'deny'");
    }
}
