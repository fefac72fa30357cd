package dev.gatehouse.policy.auth.token;

import com.sun.management.ThreadMXBean;
import dev.gatehouse.api.Text;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.Tokens;
import dev.gatehouse.policy.auth.jwks.JwksReader;
import dev.gatehouse.policy.auth.jwks.KeySet;
import dev.gatehouse.policy.auth.jwks.SigningAlgorithm;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/// What tokens cost, to be run by hand: verifications of tokens never seen before in a second, beside the
/// library's own consumer with the same checks, in rounds that alternate; then the time and the octets of a
/// remembered one.
final class TokenCost {
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = 500_000_000L;
    private static int sink;

    private TokenCost() {}

    public static void main(String[] arguments) {
        compare("RS256", Tokens.RSA);
        compare("ES256", Tokens.EC);
        remembered();
        System.out.println(sink == 0 ? "nothing was verified" : "");
    }

    private static void compare(String algorithm, PublicJsonWebKey key) {
        String token = Tokens.signed(key, algorithm, Tokens.claims());
        KeySet keys = JwksReader.read(Tokens.jwks(key));
        TokenVerifier verifier = verifier();
        IdentityMapping mapping = new IdentityMapping("customer", "roles", null);
        Text text = Text.of(token);
        JwtConsumer library = new JwtConsumerBuilder()
                .setVerificationKey(key.getPublicKey())
                .setExpectedIssuer("https://id.tasty.example")
                .setExpectedAudience("shop-api")
                .setRequireExpirationTime()
                .setRequireSubject()
                .setEvaluationTime(NumericDate.fromSeconds(TestClock.START.getEpochSecond()))
                .build();
        IntSupplier ours = () -> {
            SignedToken read = SignedToken.read(text);
            TokenVerdict verdict = read == null ? null : verifier.verify(read, keys, TestClock.START);
            return verdict instanceof TokenVerdict.Good(TokenClaims claims)
                    ? mapping.identity(claims.all()).roles().size() + 1
                    : 0;
        };
        IntSupplier theirs = () -> {
            try {
                return library.processToClaims(token).getClaimsMap().size();
            } catch (InvalidJwtException e) {
                throw new AssertionError(e);
            }
        };
        double[] first = new double[ROUNDS];
        double[] second = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            first[i] = perSecond(ours);
            second[i] = perSecond(theirs);
        }
        System.out.printf(
                "%s first seen: %,.0f per second; plain jose4j: %,.0f%n", algorithm, median(first), median(second));
    }

    private static void remembered() {
        String token = Tokens.signed(Tokens.RSA, "RS256", Tokens.claims());
        KeySet keys = JwksReader.read(Tokens.jwks(Tokens.RSA));
        TokenVerdict verdict = verifier().verify(SignedToken.read(Text.of(token)), keys, TestClock.START);
        VerifiedToken.Basis basis =
                new VerifiedToken.Basis(rules(), new IdentityMapping("customer", "roles", null), keys);
        VerifiedTokens tokens = new VerifiedTokens(16 << 20);
        tokens.remember(
                TokenKey.copy(Text.of(token)), new VerifiedToken(basis, ((TokenVerdict.Good) verdict).claims()));
        TestContext context = new TestContext();
        Text shown = Text.of(token);
        Instant now = TestClock.START;
        IntSupplier hit = () -> {
            VerifiedToken known = tokens.find(shown);
            return known == null || known.isExpired(now)
                    ? 0
                    : known.identified(context.consumers()).identity().roles().size() + 1;
        };
        double[] rounds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rounds[i] = perSecond(hit);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100_000; i++) {
            sink += hit.getAsInt();
        }
        long octets = threads.getCurrentThreadAllocatedBytes() - before;
        System.out.printf(
                "remembered (%d octets): %,.0f ns, %d octets allocated%n",
                token.length(), 1e9 / median(rounds), octets / 100_000);
    }

    private static TokenVerifier verifier() {
        return new TokenVerifier(rules());
    }

    private static TokenRules rules() {
        return new TokenRules(
                Set.of(SigningAlgorithm.RS256, SigningAlgorithm.ES256),
                "https://id.tasty.example",
                Set.of("shop-api"),
                Set.of(),
                0,
                true,
                true,
                List.of());
    }

    private static double perSecond(IntSupplier work) {
        long began = System.nanoTime();
        long done = 0;
        while (System.nanoTime() - began < ROUND_NANOS) {
            for (int i = 0; i < 16; i++) {
                sink += work.getAsInt();
            }
            done += 16;
        }
        return done * 1e9 / (System.nanoTime() - began);
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
