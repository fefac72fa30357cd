package dev.gatehouse.engine.tls;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What issuers say about the certificates of one listener, to be stapled to handshakes (RFC 6066 §8): asked for on a
/// thread of its own, kept until it is out of date, asked for again when half of that time is over. Without an answer
/// nothing is stapled, which clients take.
final class OcspStaples {
    private static final Logger LOG = LoggerFactory.getLogger(OcspStaples.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofMinutes(5);
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofHours(12);
    private static final int LARGEST = 64 << 10;

    private final Supplier<List<KeyMaterial>> certificates;
    private final InstantSource clock;
    private final Map<KeyMaterial, Staple> known = new ConcurrentHashMap<>();
    private @Nullable Thread asking;

    /// @param answer null for none that may be stapled
    /// @param next when to ask again
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Staple(byte @Nullable [] answer, Instant until, Instant next) {}

    /// @param certificates whatever is shown at the moment
    OcspStaples(Supplier<List<KeyMaterial>> certificates, InstantSource clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    /// Takes over what is known of certificates that are the same.
    void adopt(OcspStaples before) {
        for (KeyMaterial one : certificates.get()) {
            before.known.forEach((other, staple) -> {
                if (other.certificate().equals(one.certificate())) {
                    known.put(one, staple);
                }
            });
        }
    }

    /// What to staple now; null for nothing.
    byte @Nullable [] of(KeyMaterial certificate) {
        Staple staple = known.get(certificate);
        return staple != null && clock.instant().isBefore(staple.until()) ? staple.answer() : null;
    }

    /// Asks from now on.
    synchronized void begin() {
        if (asking == null) {
            asking = Thread.ofVirtual().name("gatehouse-ocsp").start(this::ask);
        }
    }

    synchronized void end() {
        if (asking != null) {
            asking.interrupt();
            asking = null;
        }
    }

    private void ask() {
        try {
            while (true) {
                Instant now = clock.instant();
                for (KeyMaterial one : certificates.get()) {
                    Staple staple = known.get(one);
                    if (one.ocsp() == null && (staple == null || !now.isBefore(staple.next()))) {
                        known.put(one, ask(one, staple, now));
                    }
                }
                known.keySet().retainAll(certificates.get());
                // New certificates may have come by themselves.
                Thread.sleep(LEAST);
            }
        } catch (InterruptedException e) {
            LOG.debug("nobody is asked for OCSP any more");
        }
    }

    private Staple ask(KeyMaterial one, @Nullable Staple before, Instant now) throws InterruptedException {
        X509Certificate issuer = one.issuer();
        String responder = OcspRequest.responder(one.certificate());
        if (responder == null || issuer == null) {
            LOG.warn(
                    "nothing is stapled for {}: {}",
                    one.name(),
                    responder == null
                            ? "its certificate names no OCSP responder"
                            : "the certificate of its issuer is not in the file");
            return new Staple(null, now, now.plus(MOST));
        }
        try {
            byte[] answer = post(responder, OcspRequest.about(one.certificate(), issuer));
            OcspAnswer read = OcspAnswer.read(answer);
            if (!read.serial().equals(one.certificate().getSerialNumber())) {
                throw new IOException("it is about another certificate");
            }
            if (!read.good()) {
                LOG.error("{} says that the certificate of {} is not good any more", responder, one.name());
                return new Staple(null, now, now.plus(RETRY));
            }
            return fresh(answer, read, now);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} gave no answer about the certificate of {}: {}", responder, one.name(), e.toString());
            return before == null
                    ? new Staple(null, now, now.plus(RETRY))
                    : new Staple(before.answer(), before.until(), now.plus(RETRY));
        }
    }

    private static Staple fresh(byte[] answer, OcspAnswer read, Instant now) {
        Instant until = read.nextUpdate() == null ? now.plus(MOST) : read.nextUpdate();
        Duration half = Duration.between(now, until).dividedBy(2);
        Duration wait = half.compareTo(LEAST) < 0 ? LEAST : half.compareTo(MOST) > 0 ? MOST : half;
        return new Staple(answer, until, now.plus(wait));
    }

    private static byte[] post(String responder, byte[] question) throws IOException, InterruptedException {
        URI uri = URI.create(responder);
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new IOException("it is not asked over HTTP");
        }
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Content-Type", "application/ocsp-request")
                .header("Accept", "application/ocsp-response")
                .POST(BodyPublishers.ofByteArray(question))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            HttpResponse<byte[]> response =
                    client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return response.body();
        }
    }
}
