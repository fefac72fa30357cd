package dev.gatehouse.policy.auth.oidc.session;

import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.Tokens;
import dev.gatehouse.policy.auth.cookie.OwnCookie;
import dev.gatehouse.policy.auth.cookie.Seal;
import dev.gatehouse.policy.auth.oidc.session.SessionConfig.Keeping;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What a request with a session costs until it is known whose it is, to be run by hand: opened at every request, and
/// remembered, in rounds that alternate; the store is memory. The request itself is a fake, and in both figures.
final class SessionCost {
    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 500_000_000L;
    private static int sink;

    private SessionCost() {}

    public static void main(String[] arguments) {
        for (Keeping in : Keeping.values()) {
            Browser opened = new Browser(in, 0);
            Browser remembered = new Browser(in, 16 << 20);
            double[] first = new double[ROUNDS];
            double[] second = new double[ROUNDS];
            double[] neither = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                first[i] = nanos(opened::asks);
                second[i] = nanos(remembered::asks);
                neither[i] = nanos(remembered::onlyShows);
            }
            System.out.printf(
                    "%s: opened every time %,.0f ns, remembered %,.0f ns; of both, the fake request is %,.0f ns%n",
                    in, median(first), median(second), median(neither));
        }
        System.out.println(sink == 0 ? "nobody was known" : "");
    }

    private static double nanos(Runnable request) {
        long end = System.nanoTime() + ROUND_NANOS;
        long begin = System.nanoTime();
        int count = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 100; i++) {
                request.run();
            }
            count += 100;
        }
        return (double) (System.nanoTime() - begin) / count;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /// Somebody with a session.
    private static final class Browser {
        private final Sessions sessions;
        private final String cookies;

        Browser(Keeping in, long remember) {
            TestContext context = new TestContext();
            SessionConfig config = new SessionConfig(
                    in,
                    null,
                    null,
                    List.of(),
                    null,
                    Duration.ofHours(1),
                    Duration.ofHours(12),
                    remember,
                    Duration.ZERO);
            Seal seal = Seal.of("cost", List.of("a secret of thirty-two octets !!".getBytes(StandardCharsets.UTF_8)));
            sessions = new Sessions(
                    config, new OwnCookie("gatehouse-backoffice"), seal, context.store(null), false, context);
            Map<String, Object> claims = Tokens.claims();
            claims.put("sid", "s-1");
            claims.put("groups", List.of("admin", "support", "kitchen"));
            Session session = new Session(
                    Secrets.fresh(),
                    TestClock.START,
                    TestClock.START,
                    Tokens.signed(Tokens.RSA, "RS256", claims),
                    "r".repeat(600),
                    null,
                    TestClock.START.plusSeconds(300),
                    Map.of());
            String shown = sessions.keep(new FakeExchange().https(), session)
                    .toCompletableFuture()
                    .resultNow()
                    .getFirst();
            cookies = shown.substring(0, shown.indexOf(';'));
        }

        void asks() {
            KnownSession known = sessions.find(new FakeExchange().https().header("Cookie", cookies))
                    .toCompletableFuture()
                    .resultNow();
            sink += known.claims().size();
        }

        void onlyShows() {
            FakeExchange exchange = new FakeExchange().https().header("Cookie", cookies);
            sink += sessions.isShown(exchange) ? 1 : 0;
        }
    }
}
