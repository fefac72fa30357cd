package dev.gatehouse.policy.securityheaders;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyRequest;
import java.util.List;
import java.util.Map;

class SecurityHeadersContractTest extends PolicyContract {
    @Override
    protected PolicyFactory<?> factory() {
        return new SecurityHeadersPolicyFactory();
    }

    @Override
    protected String settings() {
        return "{ hide_server: true, content_security_policy: \"default-src 'self'\" }";
    }

    @Override
    protected List<PolicyRequest> requests() {
        return List.of(request("GET /"), request("HEAD /"));
    }

    @Override
    protected Map<String, String> mistakes() {
        return Map.of("{ frame_options: MAYBE }", "frame_options");
    }
}
