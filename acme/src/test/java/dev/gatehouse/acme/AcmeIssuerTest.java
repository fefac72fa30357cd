package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.acme.OrderResult.Failed;
import dev.gatehouse.acme.OrderResult.Issued;
import dev.gatehouse.engine.telemetry.metrics.MetricRegistry;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import dev.gatehouse.engine.tls.acme.IssuerStatus.State;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcmeIssuerTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofDays(90);

    @TempDir
    Path folder;

    private final TestAuthority authority = TestAuthority.create();
    private final StandingClock clock = new StandingClock(BEGIN);
    private final MetricRegistry metrics = new MetricRegistry();
    private final List<IssuedCertificate> shown = new ArrayList<>();
    private final Script orders = new Script();

    /// What orders come to, in turn.
    private static final class Script implements Orders {
        private final Deque<OrderResult> results = new ArrayDeque<>();
        private final List<KeyPair> accounts = new ArrayList<>();

        Script then(OrderResult result) {
            results.add(result);
            return this;
        }

        @Override
        public OrderResult place(KeyPair account) {
            accounts.add(account);
            return results.remove();
        }
    }

    // Ordered when it has to be

    @Test
    void orders_what_is_missing_and_shows_and_keeps_it() throws Exception {
        IssuedCertificate first = valid(BEGIN);
        orders.then(new Issued(first));
        AcmeIssuer issuer = open();
        assertThat(issuer.status().state()).isEqualTo(State.ORDERING);

        Instant next = issuer.step();

        assertThat(shown).containsExactly(first);
        assertThat(issuer.status().state()).isEqualTo(State.VALID);
        assertThat(issuer.status().notAfter()).isEqualTo(BEGIN.plus(LIFE));
        // A third of the life is left, give or take a tenth of that.
        assertThat(next).isBetween(BEGIN.plus(Duration.ofDays(57)), BEGIN.plus(Duration.ofDays(64)));
        assertThat(stored()).hasSize(1);
    }

    @Test
    void files_are_for_the_gateways_user_alone() throws Exception {
        orders.then(new Issued(valid(BEGIN)));
        open().step();

        try (Stream<Path> all = Files.walk(folder.resolve("acme"))) {
            for (Path path : all.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
        assertThat(stored().getFirst().resolveSibling("account.key")).exists();
    }

    @Test
    void after_a_restart_what_is_kept_is_shown_and_nothing_is_ordered() throws Exception {
        orders.then(new Issued(valid(BEGIN)));
        open().step();
        shown.clear();
        clock.moveTo(BEGIN.plus(Duration.ofDays(50)));

        AcmeIssuer again = open();

        assertThat(shown).hasSize(1);
        assertThat(again.status().state()).isEqualTo(State.VALID);
        assertThat(again.step()).isAfter(clock.instant());
        assertThat(orders.accounts).hasSize(1);
    }

    @Test
    void renews_when_it_is_due_with_the_account_it_has() throws Exception {
        orders.then(new Issued(valid(BEGIN))).then(new Issued(valid(BEGIN.plus(Duration.ofDays(64)))));
        AcmeIssuer issuer = open();
        clock.moveTo(issuer.step().minusSeconds(1));
        issuer.step();
        assertThat(shown).hasSize(1);

        clock.moveTo(BEGIN.plus(Duration.ofDays(64)));
        issuer.step();

        assertThat(shown).hasSize(2);
        assertThat(orders.accounts)
                .hasSize(2)
                .extracting(KeyPair::getPrivate)
                .allMatch(orders.accounts.getFirst().getPrivate()::equals);
        assertThat(issuer.status().notAfter())
                .isEqualTo(BEGIN.plus(Duration.ofDays(64)).plus(LIFE));
        assertThat(counted("issued")).isEqualTo(2);
    }

    @Test
    void two_gateways_on_one_folder_order_once() throws Exception {
        IssuedCertificate only = valid(BEGIN);
        orders.then(new Issued(only));
        AcmeIssuer one = open();
        AcmeIssuer other = open();

        one.step();
        other.step();

        assertThat(orders.accounts).hasSize(1);
        assertThat(shown).hasSize(2).extracting(IssuedCertificate::certificate).allMatch(only.certificate()::equals);
        assertThat(other.status().state()).isEqualTo(State.VALID);
    }

    @Test
    void one_that_is_due_as_soon_as_it_is_issued_is_not_ordered_again_and_again() throws Exception {
        orders.then(new Issued(valid(BEGIN)));
        clock.moveTo(BEGIN.plus(Duration.ofDays(80)));
        AcmeIssuer issuer = open();

        assertThat(issuer.step()).isEqualTo(clock.instant().plus(Duration.ofHours(6)));
        assertThat(shown).hasSize(1);
    }

    // What goes wrong

    @Test
    void a_failed_order_is_tried_again_later_each_time() throws Exception {
        orders.then(new Failed("no route to host", null))
                .then(new Failed("no route to host", null))
                .then(new Issued(valid(BEGIN)));
        AcmeIssuer issuer = open();

        Instant first = issuer.step();
        assertThat(issuer.status().state()).isEqualTo(State.FAILING);
        assertThat(issuer.status().problem()).isEqualTo("no route to host");
        assertThat(issuer.status().next()).isEqualTo(first);
        assertThat(Duration.between(BEGIN, first)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(75));
        clock.moveTo(first);
        Instant second = issuer.step();
        assertThat(Duration.between(first, second)).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(150));
        clock.moveTo(second);
        issuer.step();

        assertThat(issuer.status().state()).isEqualTo(State.VALID);
        assertThat(issuer.status().problem()).isNull();
        assertThat(counted("failed")).isEqualTo(2);
        assertThat(counted("issued")).isEqualTo(1);
    }

    @Test
    void an_issuer_that_wants_to_be_left_alone_is() throws Exception {
        Instant asked = BEGIN.plus(Duration.ofHours(31));
        orders.then(new Failed("too many certificates", asked));

        assertThat(open().step()).isEqualTo(asked);
    }

    @Test
    void a_renewal_that_fails_leaves_what_is_shown() throws Exception {
        orders.then(new Issued(valid(BEGIN))).then(new Failed("no route to host", null));
        AcmeIssuer issuer = open();
        issuer.step();
        clock.moveTo(BEGIN.plus(Duration.ofDays(65)));

        issuer.step();

        assertThat(shown).hasSize(1);
        assertThat(issuer.status().state()).isEqualTo(State.FAILING);
        assertThat(issuer.status().notAfter()).isEqualTo(BEGIN.plus(LIFE));
    }

    @Test
    void a_bug_in_an_order_is_a_failed_order() throws Exception {
        AcmeIssuer issuer = open(account -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(issuer.step()).isAfter(BEGIN);
        assertThat(issuer.status().state()).isEqualTo(State.FAILING);
    }

    @Test
    void a_torn_file_is_not_used_and_replaced() throws Exception {
        orders.then(new Issued(valid(BEGIN))).then(new Issued(valid(BEGIN)));
        open().step();
        byte[] whole = Files.readAllBytes(stored().getFirst());
        Files.write(stored().getFirst(), java.util.Arrays.copyOf(whole, whole.length / 2));
        shown.clear();

        AcmeIssuer again = open();
        assertThat(shown).isEmpty();
        again.step();

        assertThat(shown).hasSize(1);
        assertThat(Files.readAllBytes(stored().getFirst())).hasSameSizeAs(whole);
    }

    @Test
    void an_account_that_is_damaged_is_left_to_the_operator() throws Exception {
        orders.then(new Issued(valid(BEGIN)));
        open().step();
        Path account = stored().getFirst().resolveSibling("account.key");
        Files.writeString(account, "-----BEGIN EC PRIVATE KEY-----\n");
        Files.delete(stored().getFirst());

        AcmeIssuer issuer = open();
        issuer.step();

        assertThat(issuer.status().problem()).contains("account.key is damaged");
        assertThat(account).hasContent("-----BEGIN EC PRIVATE KEY-----\n");
        assertThat(orders.accounts).hasSize(1);
    }

    @Test
    void an_expired_one_is_not_shown() throws Exception {
        orders.then(new Issued(valid(BEGIN)));
        open().step();
        shown.clear();
        clock.moveTo(BEGIN.plus(Duration.ofDays(91)));

        AcmeIssuer again = open();

        assertThat(shown).isEmpty();
        assertThat(again.status().notAfter()).isNull();
    }

    @Test
    void nothing_is_ordered_that_could_not_be_kept() throws Exception {
        Files.writeString(folder.resolve("acme"), "a file where the folder should be");

        AcmeIssuer issuer = open();
        issuer.step();

        assertThat(orders.accounts).isEmpty();
        assertThat(issuer.status().state()).isEqualTo(State.FAILING);
        assertThat(issuer.status().problem()).contains("the storage cannot be used");
    }

    private AcmeIssuer open() {
        return open(orders);
    }

    private AcmeIssuer open(Orders which) {
        return new AcmeIssuer(
                AcmeSection.in(folder.resolve("acme"), "shop.example"),
                which,
                clock,
                new SplittableRandom(5),
                shown::add,
                metrics::counter);
    }

    private IssuedCertificate valid(Instant from) {
        return AcmeSection.issued(authority
                .certificate("shop")
                .hosts("shop.example")
                .valid(from, from.plus(LIFE))
                .issue());
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(".pem")).toList();
        }
    }

    private long counted(String result) {
        return metrics.counter("gatehouse_acme_orders", "", "host", "result")
                .of("shop.example", result)
                .value();
    }
}
