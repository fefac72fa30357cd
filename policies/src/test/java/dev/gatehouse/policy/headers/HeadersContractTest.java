package dev.gatehouse.policy.headers;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyRequest;
import java.util.List;
import java.util.Map;

class HeadersContractTest extends PolicyContract {
    @Override
    protected PolicyFactory<?> factory() {
        return new HeadersPolicyFactory();
    }

    @Override
    protected String settings() {
        return "{ request: { set: { X-Id: '{id}' }, remove: [ Cookie ] },"
                + " response: { add: { X-By: gatehouse }, rename: { Content-Type: X-Type } } }";
    }

    @Override
    protected List<PolicyRequest> requests() {
        return List.of(
                request("GET /menus/7"),
                request("GET /menus/8").header("X-Id", "forged").header("Cookie", "a=b"));
    }

    @Override
    protected String path() {
        return "/menus/{id}";
    }

    @Override
    protected Map<String, String> mistakes() {
        return Map.of(
                "{ request: { remove: [ \"a b\" ] } }", "remove",
                "{ response: { set: { X-A: \"\" } } }", "a value is missing");
    }
}
