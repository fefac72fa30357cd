package dev.gatehouse.policy.cors;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyRequest;
import java.util.List;
import java.util.Map;

class CorsContractTest extends PolicyContract {
    @Override
    protected PolicyFactory<?> factory() {
        return new CorsPolicyFactory();
    }

    @Override
    protected String settings() {
        return "{ origins: [ https://a.example, https://*.b.example, '~^https://c[0-9]\\.example$' ],"
                + " methods: [ GET, PUT ], headers: [ X-A ], credentials: true, max_age: 1h }";
    }

    @Override
    protected List<PolicyRequest> requests() {
        return List.of(
                request("GET /"),
                request("GET /").header("Origin", "https://a.example"),
                request("GET /").header("Origin", "https://x.b.example"),
                request("GET /").header("Origin", "https://evil.example"),
                request("OPTIONS /")
                        .header("Origin", "https://c1.example")
                        .header("Access-Control-Request-Method", "PUT"));
    }

    @Override
    protected Map<String, String> mistakes() {
        return Map.ofEntries(
                Map.entry("{ origins: [] }", "origins"),
                Map.entry("{ origins: [ 'null' ] }", "sandbox"),
                Map.entry("{ origins: [ a.example ] }", "is no origin"),
                Map.entry("{ origins: [ https://a.example/ ] }", "ends with the host or the port"),
                Map.entry("{ origins: [ 'https://*a.example' ] }", "'*' stands for whole labels"),
                Map.entry("{ origins: [ 'https://a b.example' ] }", "is no host"),
                Map.entry("{ origins: [ https://a.example:0 ] }", "is no port"),
                Map.entry("{ origins: [ '~(' ] }", "not a regular expression"),
                Map.entry("{ origins: [ '*' ], credentials: true }", "is everybody"),
                Map.entry("{ origins: [ '~.*' ], credentials: true }", "is everybody"),
                Map.entry("{ origins: [ '~null|https://a[.]example' ], credentials: true }", "is everybody"),
                Map.entry("{ origins: [ https://a.example ], methods: [ '*' ] }", "methods"),
                Map.entry("{ origins: [ https://a.example ], methods: [ patch ] }", "capitals"),
                Map.entry("{ origins: [ https://a.example ], methods: [ TRACE ] }", "no browser"),
                Map.entry("{ origins: [ https://a.example ], headers: [ 'X A' ] }", "headers"),
                Map.entry("{ origins: [ https://a.example ], headers: [ '*' ], credentials: true }", "headers"),
                Map.entry("{ origins: [ https://a.example ], expose_headers: [ '*' ], credentials: true }", "expose_"),
                Map.entry("{ origins: [ https://a.example ], max_age: 25h }", "max_age"));
    }
}
