package dev.gatehouse.it.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.explain.Asker;
import dev.gatehouse.engine.explain.Question;
import dev.gatehouse.engine.explain.Rehearsal;
import dev.gatehouse.engine.explain.Reply;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What `explain` says with somebody's credential, or with somebody who is believed, is what the wire does with the
/// real credential: the answer, and every decision on the way to it, limits that are used up included.
@LeavesNothingBehind
class ExplainAskerPropertyTest {
    private static final int REQUESTS = 600;
    private static final long SEED = Long.getLong("gatehouse.test.seed", 20_261_122);
    private static final Pattern LEFT = Pattern.compile("again in \\d+ [a-z]+");
    private static final String SECRET = "01234567890123456789012345678901";
    private static final String PRO = "demo_s3njcGen_Jk7JT3kjuSxajgWg4INlPJQbDlZ287JJ9";
    private static final String FREE = "demo_xvkbV9Wy_cJlatGJsjZyZKv2EZDqMrtcjeSv2Axzlr";

    private static final List<String> METHODS = List.of("GET", "GET", "GET", "DELETE", "POST");
    private static final List<String> PATHS = List.of(
            "/menus/1",
            "/menus/2",
            "/users/u1",
            "/users/s1",
            "/orders/9",
            "/admin/x",
            "/open/1",
            "/both/1",
            "/nowhere");

    private static final List<Who> WHO = List.of(
            new Who(null, null, null),
            Who.token(token("u1", "customer", 3600), "customer:u1"),
            Who.token(token("s1", "support", 3600), "customer:s1,support"),
            Who.token(token("a1", "admin", 3600), "customer:a1,admin"),
            Who.token(token("u1", "customer", -60), null),
            Who.token("rub.bi.sh", null),
            Who.key(PRO, "consumer:acme"),
            Who.key(FREE, "consumer:city-guide"),
            Who.key("demo_nobody", null));

    private final Random random = new Random(SEED);
    private final BlockingQueue<DecisionTrace> ended = new LinkedBlockingQueue<>();
    private final Map<String, Integer> kinds = new TreeMap<>();

    /// @param header as a client sends it; null for nothing
    /// @param shows the same for `explain`
    /// @param believed the same person without a credential; null where nobody could be meant
    private record Who(
            @Nullable String header,
            @Nullable Asker shows,
            @Nullable String believed) {
        static Who token(String token, @Nullable String believed) {
            return new Who("Authorization: Bearer " + token, new Asker.Token(token), believed);
        }

        static Who key(String key, @Nullable String believed) {
            return new Who("X-API-Key: " + key, new Asker.Key(null, key), believed);
        }
    }

    @Test
    void what_explain_says_of_somebody_is_what_the_wire_does_with_their_credential() throws Exception {
        try (FakeService service = FakeService.with().keepNothing().handling(_ -> Answer.of(200, "here"));
                TestGateway gateway = TestGateway.from(config(service), LoadOptions.standard())) {
            gateway.gateway().watch(new Traces());
            gateway.gateway().telemetry().recordAll(true);
            for (int i = 0; i < REQUESTS; i++) {
                compare(
                        gateway,
                        METHODS.get(random.nextInt(METHODS.size())),
                        PATHS.get(random.nextInt(PATHS.size())),
                        WHO.get(random.nextInt(WHO.size())));
            }
        }
        assertThat(kinds)
                .as("how often each way to end was taken")
                .containsOnlyKeys(
                        "API_KEY_INVALID",
                        "FORBIDDEN",
                        "INVALID_TOKEN",
                        "NO_ROUTE",
                        "RATE_LIMIT_EXCEEDED",
                        "TOKEN_EXPIRED",
                        "UNAUTHENTICATED",
                        "service")
                .allSatisfy((kind, count) -> assertThat(count).as(kind).isGreaterThan(5));
    }

    private void compare(TestGateway gateway, String method, String path, Who who) throws InterruptedException {
        Question question = Question.of(method, path);
        Rehearsal rehearsal = Rehearsal.explaining(gateway.gateway().snapshot());
        Reply shown = rehearsal.ask(question.askedBy(who.shows()));
        Reply believed =
                who.believed() == null ? null : rehearsal.ask(question.askedBy(Asker.Assumed.parse(who.believed())));
        String field = who.header() == null ? "" : who.header() + "\r\n";
        RawAnswer answer = RawClient.ask(
                gateway.port(),
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + field + "Connection: close\r\n\r\n");
        DecisionTrace did = ended.poll(5, TimeUnit.SECONDS);

        String about = "seed " + SEED + " " + method + " " + path + " " + who.believed() + "\n" + answer + "\n"
                + shown.trace() + "\n" + did;
        assertThat(did).as(about).isNotNull();
        String code = did.code();
        kinds.merge(code == null ? did.answeredBy() : code, 1, Integer::sum);
        if (code != null) {
            assertThat(answer.status()).as(about).isEqualTo(shown.status());
        }
        assertThat(shown.trace().code()).as(about).isEqualTo(code);
        assertThat(steps(shown.trace(), true)).as(about).isEqualTo(steps(did, true));
        if (believed != null) {
            assertThat(believed.trace().code()).as(about).isEqualTo(code);
            assertThat(steps(believed.trace(), false)).as(about).isEqualTo(steps(did, false));
        }
    }

    /// On the way down: which policy, by which rule, said what, and why, but for the time that is left, which
    /// passes; of somebody who is believed, what was noted of their credential aside.
    private static List<String> steps(DecisionTrace trace, boolean facts) {
        return trace.steps().stream()
                .filter(step -> !step.onAnswer())
                .map(step -> step.policy() + " " + step.place() + " " + step.verdict() + " " + step.reason()
                        + (facts ? step.facts() : ""))
                .map(step -> LEFT.matcher(step).replaceAll("again later"))
                .toList();
    }

    private static String config(FakeService service) {
        return """
                services: { shop: { instances: [ "%s" ] } }
                security:
                  authentication:
                    customer: { type: jwt, secret: "%s", algorithms: [ HS256 ] }
                    partner: { type: api_key, in: { header: X-API-Key } }
                  authorization:
                    policies:
                      - { path: "/admin/**", roles: [ admin ] }
                      - { path: "/orders/**", methods: [ DELETE ], roles: [ admin, support ] }
                plans: { free: { rate_limit: 5/h }, pro: { rate_limit: 100000/h } }
                consumers:
                  acme:
                    plan: pro
                    keys: [ { id: k_1, sha256: 11224a2f68cdde18e97153277dcbbf4ba1c83418d80a65162fa21edfff70cf2d } ]
                  city-guide:
                    plan: free
                    keys: [ { id: k_2, sha256: bb2d6fc07ed90b4ce39d203a807a7047f29aca08fa3a6eb35d56f3337e86b63d } ]
                policies:
                  rate_limit:
                    by-plan: { per: consumer, limits: plan, otherwise: { per: client_ip, limit: 100000/h } }
                routes:
                  - { path: "/menus/**", service: shop, auth: [ partner, none ], rate_limit: by-plan }
                  - { path: "/users/{userId}", service: shop, auth: customer,
                      require: { any: [ "jwt.sub == path.userId", "role:support" ] } }
                  - { path: "/orders/**", service: shop, auth: [ customer, partner ], rate_limit: by-plan }
                  - { path: "/admin/**", service: shop, auth: customer }
                  - { path: "/open/**", service: shop, auth: none }
                  - { path: "/both/**", service: shop, auth: { all: [ customer, partner ] } }
                """.formatted(service.address(), SECRET);
    }

    /// HS256 (RFC 7515, appendix A.1).
    private static String token(String subject, String role, long lasts) {
        String head = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));
        String claims = base64(("{\"sub\":\"" + subject + "\",\"roles\":[\"" + role + "\"],\"exp\":"
                        + (Instant.now().getEpochSecond() + lasts) + "}")
                .getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return head + "." + claims + "." + base64(mac.doFinal((head + "." + claims).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private final class Traces implements Observer {
        @Override
        public SummarySink on(int loop) {
            return summary -> ended.add(summary.trace());
        }

        @Override
        public void close() {}
    }
}
