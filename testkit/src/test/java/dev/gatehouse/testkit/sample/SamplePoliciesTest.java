package dev.gatehouse.testkit.sample;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyRequest;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/// One policy of each kind keeps the contract.
class SamplePoliciesTest {
    @Nested
    class Asynchronous extends PolicyContract {
        @Override
        protected PolicyFactory<?> factory() {
            return new AskingPolicy.Factory();
        }

        @Override
        protected String settings() {
            return "{ url: \"http://rights.example/may?who=\" }";
        }

        @Override
        protected List<PolicyRequest> requests() {
            return List.of(request("GET /"), request("GET /").from("10.0.0.7"));
        }

        @Override
        protected Answer called(HttpRequest request) {
            return Answer.of(request.uri().getQuery().endsWith("10.0.0.7") ? 403 : 200, "");
        }

        @Override
        protected Map<String, String> mistakes() {
            return Map.of("{}", "url", "{ url: [] }", "url");
        }
    }

    @Nested
    class Stateful extends PolicyContract {
        @Override
        protected PolicyFactory<?> factory() {
            return new CountingPolicy.Factory();
        }

        @Override
        protected String settings() {
            return "{ limit: 3 }";
        }

        @Override
        protected List<PolicyRequest> requests() {
            return List.of(request("GET /one"), request("GET /two"));
        }

        @Override
        protected Map<String, String> mistakes() {
            return Map.of("{ limit: 0 }", "limit", "{ limit: 1, per: 10 }", "per");
        }
    }

    @Nested
    class BodyCollecting extends PolicyContract {
        @Override
        protected PolicyFactory<?> factory() {
            return new DigestPolicy.Factory();
        }

        @Override
        protected String settings() {
            return "{ limit: 10B }";
        }

        @Override
        protected List<PolicyRequest> requests() {
            return List.of(request("POST /").body("hello"), request("POST /").body("more than ten"), request("GET /"));
        }

        @Override
        protected Map<String, String> mistakes() {
            return Map.of("{ limit: 0B }", "limit");
        }
    }

    @Nested
    class ResponseMapping extends PolicyContract {
        @Override
        protected PolicyFactory<?> factory() {
            return new ShoutingPolicy.Factory();
        }

        @Override
        protected String settings() {
            return "{ tell: true }";
        }

        @Override
        protected List<PolicyRequest> requests() {
            return List.of(request("GET /"), request("HEAD /"));
        }

        @Override
        protected Map<String, String> mistakes() {
            return Map.of("{ tell: loudly }", "tell");
        }
    }

    @Nested
    class Rejecting extends PolicyContract {
        @Override
        protected PolicyFactory<?> factory() {
            return new RefusingPolicy.Factory();
        }

        @Override
        protected String settings() {
            return "{ agents: [ curl, Wget ] }";
        }

        @Override
        protected List<PolicyRequest> requests() {
            return List.of(
                    request("GET /"),
                    request("GET /").header("User-Agent", "curl/8"),
                    request("GET /").header("User-Agent", "Mozilla/5.0"));
        }

        @Override
        protected Map<String, String> mistakes() {
            return Map.of("{ agents: [] }", "agents", "{ agents: [ \"\" ] }", "every name begins with nothing");
        }
    }
}
