package dev.gatehouse.policy.csrf;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyRequest;
import java.util.List;
import java.util.Map;

class CsrfContractTest extends PolicyContract {
    @Override
    protected PolicyFactory<?> factory() {
        return new CsrfPolicyFactory();
    }

    @Override
    protected String settings() {
        return "{ always: true, trusted_origins: [ https://shop.example ] }";
    }

    /// All of them with a token: those without get one, which is another one each time.
    @Override
    protected List<PolicyRequest> requests() {
        return List.of(
                request("GET /").header("Cookie", "__Host-csrf=t"),
                request("POST /").header("Cookie", "__Host-csrf=t").header("Sec-Fetch-Site", "same-origin"),
                request("POST /").header("Cookie", "__Host-csrf=t").header("Origin", "https://evil.example"),
                request("POST /").header("Cookie", "__Host-csrf=t").header("X-CSRF-Token", "t"));
    }

    @Override
    protected Map<String, String> mistakes() {
        return Map.of(
                "{ trusted_origins: [ shop.example ] }", "is no origin",
                "{ trusted_origins: [ https://shop.example/ ] }", "is no origin",
                "{ cookie: 'a b' }", "cookie",
                "{ header: '' }", "header");
    }
}
