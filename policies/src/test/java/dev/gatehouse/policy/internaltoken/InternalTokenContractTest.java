package dev.gatehouse.policy.internaltoken;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.policy.auth.Tokens;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyRequest;
import java.util.Base64;
import java.util.List;
import java.util.Map;

class InternalTokenContractTest extends PolicyContract {
    /// RSA: the same claims have the same signature each time.
    private static final String KEY = "-----BEGIN PRIVATE KEY-----\\n"
            + Base64.getEncoder().encodeToString(Tokens.RSA.getPrivateKey().getEncoded())
            + "\\n-----END PRIVATE KEY-----";

    @Override
    protected PolicyFactory<?> factory() {
        return new InternalTokenPolicyFactory();
    }

    @Override
    protected String settings() {
        return "{ key: \"" + KEY + "\", key_id: k1, audience: [ orders ] }";
    }

    @Override
    protected PolicyHarness.Setup around(PolicyHarness.Setup setup) {
        return setup.sections("security: { authentication: { claimed: {} } }").route("auth: [ claimed, none ]");
    }

    /// None brings a token of its own: that field is the gateway's on every route of a file that has the slot,
    /// even where the policy is only tried.
    @Override
    protected List<PolicyRequest> requests() {
        return List.of(
                request("GET /"),
                request("GET /").header("X-Who", "sub=u1;roles=a"),
                request("GET /").header("X-Who", "consumer=acme"));
    }

    @Override
    protected Map<String, String> mistakes() {
        return Map.of(
                "{ key: nonsense, key_id: k1 }",
                "key",
                "{ key: \"" + KEY + "\", key_id: ' ' }",
                "key_id",
                "{ key: \"" + KEY + "\", key_id: k1, ttl: 1s }",
                "ttl",
                "{ key: \"" + KEY + "\", key_id: k1, header: Host }",
                "header",
                "{ key: \"" + KEY + "\", key_id: k1, claims: [ sub ] }",
                "claims");
    }
}
