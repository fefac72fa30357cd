package dev.gatehouse.acme;

import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.telemetry.CounterSource;
import dev.gatehouse.engine.tls.acme.CertificateIssuer;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import dev.gatehouse.engine.tls.acme.IssuerStatus;
import dev.gatehouse.engine.tls.acme.IssuerStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one certificate: taken from the storage, ordered when it is missing or due, ordered again when that
/// failed. Lives on a virtual thread of its own from [#begin] to [#close]; before that, on the thread that opened it.
///
/// ```
/// stored? ─► wait until it is due ─► lock ─► stored by another gateway? ─► order ─┬─ issued ─► store, show ─┐
///                ▲                                                                └─ failed ─► wait ────────┤
///                └──────────────────────────────────────────────────────────────────────────────────────────┘
/// ```
final class AcmeIssuer implements CertificateIssuer {
    private static final Logger LOG = LoggerFactory.getLogger(AcmeIssuer.class);

    /// How often the storage is looked at while nothing is due: another gateway may have renewed, and the clock of a
    /// machine that slept is further than we waited.
    private static final Duration LOOK = Duration.ofHours(1);

    /// How often it is looked at while another gateway orders.
    private static final Duration LOOK_FOR_OTHERS = Duration.ofSeconds(10);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final AcmeConfig config;
    private final IssuerFolder folder;
    private final Orders orders;
    private final IssuerClock clock;
    private final RandomGenerator chance;
    private final RenewalSchedule schedule;
    private final Consumer<IssuedCertificate> issued;
    private final CounterFamily counted;

    private @Nullable Thread life;
    private @Nullable IssuedCertificate current;
    private Instant due;
    private int failures;
    private @Nullable Instant lastAttempt;
    private @Nullable String problem;
    private @Nullable String told;
    private volatile boolean closed;
    private volatile IssuerStatus status;

    AcmeIssuer(
            AcmeConfig config,
            Orders orders,
            IssuerClock clock,
            RandomGenerator chance,
            Consumer<IssuedCertificate> issued,
            CounterSource counters) {
        this.config = config;
        this.folder = new IssuerFolder(config);
        this.orders = orders;
        this.clock = clock;
        this.chance = chance;
        this.schedule = new RenewalSchedule(config.renewAt().share());
        this.issued = issued;
        this.counted = counters.counter(
                "gatehouse_acme_orders",
                "Orders of certificates that are over, by the first host and what became of them: issued or failed.",
                "host",
                "result");
        this.due = clock.instant();
        this.status = seen(State.ORDERING);
        takeStored();
    }

    @Override
    public void begin() {
        life = Thread.ofVirtual().name("gatehouse-acme-" + name()).start(this::live);
    }

    @Override
    public IssuerStatus status() {
        return status;
    }

    @Override
    public void close() {
        closed = true;
        Thread running = life;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void live() {
        try {
            while (!closed) {
                Duration wait = Duration.between(clock.instant(), step());
                clock.pause(wait.compareTo(LOOK) < 0 ? wait : LOOK);
                takeStored();
            }
        } catch (InterruptedException _) {
            LOG.debug("no longer caring for the certificate for {}", name());
        }
    }

    /// Orders when it is time.
    ///
    /// @return when to look again
    Instant step() throws InterruptedException {
        if (clock.instant().isBefore(due)) {
            return due;
        }
        status = seen(State.ORDERING);
        try (OrderLock lock = folder.tryLock()) {
            if (lock == null) {
                return clock.instant().plus(LOOK_FOR_OTHERS);
            }
            // Whoever had the lock before us may have brought what we want.
            takeStored();
            if (!clock.instant().isBefore(due)) {
                order();
            }
        } catch (IOException e) {
            failed("the storage cannot be used: " + sentence(e), null);
        } catch (RuntimeException e) {
            LOG.error("ordering a certificate for {} failed", name(), e);
            failed("something went wrong in the gateway", null);
        }
        return due;
    }

    private void order() throws IOException, InterruptedException {
        switch (orders.place(folder.accountKey())) {
            case OrderResult.Issued(IssuedCertificate fresh) -> succeeded(fresh);
            case OrderResult.Failed(String why, Instant notBefore) -> failed(why, notBefore);
        }
    }

    private void succeeded(IssuedCertificate fresh) {
        Instant now = clock.instant();
        lastAttempt = now;
        counted.of(name(), "issued").add(1);
        try {
            folder.store(fresh);
        } catch (IOException e) {
            // Shown all the same: it has been paid for with a part of the issuer's limits.
            LOG.warn(
                    "the certificate for {} is in use but could not be stored, and is ordered again after a restart: {}",
                    name(),
                    sentence(e));
        }
        show(fresh);
        if (!now.isBefore(due)) {
            LOG.warn(
                    "the new certificate for {} is valid from {} to {} and due already: is the clock right?",
                    name(),
                    fresh.notBefore(),
                    fresh.notAfter());
            due = now.plus(RetryWaits.LONGEST);
        }
        status = seen(State.VALID);
        LOG.info(
                "certificate for {} issued by {}: valid until {}, to be renewed {}",
                name(),
                config.directory(),
                fresh.notAfter(),
                second(due));
    }

    private void failed(String why, @Nullable Instant notBefore) {
        if (closed) {
            return;
        }
        Instant now = clock.instant();
        lastAttempt = now;
        problem = why;
        failures++;
        due = RetryWaits.next(now, failures, notBefore, chance);
        status = seen(State.FAILING);
        counted.of(name(), "failed").add(1);
        LOG.warn("no certificate for {} from {}: {}; trying again {}", name(), config.directory(), why, second(due));
    }

    /// Shows what is kept, when it is better than what we have.
    private void takeStored() {
        IssuedCertificate stored;
        try {
            stored = folder.stored();
        } catch (CertificateFile.Unusable | IOException e) {
            tellOnce(folder.certificateFile() + " is not used: " + sentence(e));
            return;
        }
        IssuedCertificate shown = current;
        if (stored == null || (shown != null && !stored.notAfter().isAfter(shown.notAfter()))) {
            return;
        }
        if (!clock.instant().isBefore(stored.notAfter())) {
            tellOnce(folder.certificateFile() + " is not used: it expired " + stored.notAfter());
            return;
        }
        show(stored);
        status = seen(State.VALID);
        LOG.info(
                "certificate for {} from the storage: valid until {}, to be renewed {}",
                name(),
                stored.notAfter(),
                second(due));
    }

    private void show(IssuedCertificate certificate) {
        current = certificate;
        failures = 0;
        problem = null;
        due = schedule.renewal(certificate, chance);
        issued.accept(certificate);
    }

    /// The same thing is found every hour.
    private void tellOnce(String sentence) {
        if (!sentence.equals(told)) {
            told = sentence;
            LOG.warn("{}", sentence);
        }
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private String name() {
        return config.hosts().getFirst();
    }

    private IssuerStatus seen(State state) {
        IssuedCertificate shown = current;
        return new IssuerStatus(
                config.hosts(),
                config.directory(),
                state,
                shown == null ? null : shown.notAfter(),
                lastAttempt,
                problem,
                state == State.ORDERING ? null : due);
    }

    private static String sentence(Exception e) {
        String message = e.getMessage();
        return e instanceof CertificateFile.Unusable && message != null
                ? message
                : e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
