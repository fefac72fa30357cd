package dev.gatehouse.acme;

import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.tls.acme.Challenges;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.exception.AcmeUserActionRequiredException;

/// Orders of one certificate at its issuer (RFC 8555 §7.4): an order, an authorization for each host, a challenge for
/// each authorization, a key of its own for each certificate.
final class CertificateOrder implements Orders {
    /// How long the issuer may take for one thing.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Between two looks at what the issuer is doing, when it does not say; twice as long each time.
    private static final Duration FIRST_LOOK = Duration.ofMillis(250);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private final AcmeConfig config;
    private final Challenges challenges;
    private final IssuerClock clock;

    CertificateOrder(AcmeConfig config, Challenges challenges, IssuerClock clock) {
        this.config = config;
        this.challenges = challenges;
        this.clock = clock;
    }

    /// The issuer said no, and why.
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    @Override
    public OrderResult place(KeyPair account) throws InterruptedException {
        try (IssuerSession issuer = new IssuerSession(config)) {
            return new OrderResult.Issued(order(issuer.login(account)));
        } catch (Refused e) {
            return new OrderResult.Failed(String.valueOf(e.getMessage()), null);
        } catch (AcmeLazyLoadingException e) {
            // What was to be read first could not be: the cause says why.
            return failed(e.getCause() instanceof AcmeException cause ? cause : e);
        } catch (AcmeException | AcmeProtocolException e) {
            return failed(e);
        }
    }

    private static OrderResult failed(Exception e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the order was given up");
        }
        return new OrderResult.Failed(
                sentence(e),
                e instanceof AcmeRateLimitedException limit
                        ? limit.getRetryAfter().orElse(null)
                        : null);
    }

    private IssuedCertificate order(Login login) throws AcmeException, Refused, InterruptedException {
        Order order = login.newOrder().domains(config.hosts()).create();
        for (Authorization authorization : order.getAuthorizations()) {
            prove(authorization);
        }
        settle(order, Set.of(Status.READY, Status.VALID, Status.INVALID));
        refuse(order);
        KeyPair key = key();
        order.execute(key);
        settle(order, Set.of(Status.VALID, Status.INVALID));
        refuse(order);
        return new IssuedCertificate(key.getPrivate(), order.getCertificate().getCertificateChain());
    }

    private static void refuse(Order order) throws Refused {
        if (order.getStatus() == Status.INVALID) {
            throw new Refused(order.getError().map(CertificateOrder::sentence).orElse("the issuer refused the order"));
        }
    }

    private KeyPair key() {
        return switch (config.key()) {
            case ECDSA -> FreshKeys.ecdsa();
            case RSA -> FreshKeys.rsa();
        };
    }

    /// Shows the issuer that a host is ours, unless it remembers that.
    private void prove(Authorization authorization) throws AcmeException, Refused, InterruptedException {
        if (authorization.getStatus() == Status.VALID) {
            return;
        }
        String host = authorization.getIdentifier().getDomain();
        Challenge challenge = challenge(authorization, host);
        try (Challenges.Open _ = answer(challenge, authorization, host)) {
            challenge.trigger();
            settle(authorization, Set.of(Status.VALID, Status.INVALID, Status.REVOKED, Status.EXPIRED));
        }
        if (authorization.getStatus() != Status.VALID) {
            String why = authorization
                    .findChallenge(challenge.getType())
                    .flatMap(Challenge::getError)
                    .map(CertificateOrder::sentence)
                    .orElse("the issuer does not say why");
            throw new Refused("the issuer does not believe that " + host + " is ours: " + why);
        }
    }

    private Challenge challenge(Authorization authorization, String host) throws Refused {
        String type = switch (config.challenge()) {
            case HTTP_01 -> Http01Challenge.TYPE;
            case TLS_ALPN_01 -> TlsAlpn01Challenge.TYPE;
        };
        return authorization
                .findChallenge(type)
                .orElseThrow(() -> new Refused("the issuer offers no challenge of the kind " + type + " for " + host));
    }

    private Challenges.Open answer(Challenge challenge, Authorization authorization, String host) {
        return switch (challenge) {
            case Http01Challenge http -> challenges.answerRequests(http.getToken(), http.getAuthorization());
            case TlsAlpn01Challenge tls -> {
                // acme4j signs this one with SHA256withRSA, whatever the key.
                KeyPair key = FreshKeys.rsa();
                yield challenges.answerHandshakes(
                        host,
                        new IssuedCertificate(
                                key.getPrivate(), List.of(tls.createCertificate(key, authorization.getIdentifier()))));
            }
            default -> throw new IllegalStateException("was not chosen: " + challenge.getType());
        };
    }

    /// Looks until the issuer has done what it is about to, as often as it wants to be asked.
    private void settle(PollableResource what, Set<Status> ends) throws AcmeException, InterruptedException {
        Instant begin = clock.instant();
        Duration look = FIRST_LOOK;
        while (true) {
            @Nullable Instant asked = what.fetch().orElse(null);
            if (ends.contains(what.getStatus())) {
                return;
            }
            Instant now = clock.instant();
            Duration wait = asked == null ? look : Duration.between(now, asked);
            if (Duration.between(begin, now.plus(wait)).compareTo(PATIENCE) > 0) {
                throw new AcmeException("the issuer has not come to an end after " + PATIENCE.toMinutes() + " minutes");
            }
            clock.pause(wait.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : wait);
            look = look.multipliedBy(2);
            if (look.compareTo(LONGEST_LOOK) > 0) {
                look = LONGEST_LOOK;
            }
        }
    }

    private static String sentence(Problem problem) {
        return problem.getDetail()
                .or(problem::getTitle)
                .orElse(problem.getType().toString());
    }

    private static String sentence(Exception e) {
        return switch (e) {
            case AcmeUserActionRequiredException action ->
                "the issuer wants you to do something first, see "
                        + action.getTermsOfServiceUri()
                                .map(Object::toString)
                                .orElse(action.getInstance().toString());
            case AcmeServerException refused -> sentence(refused.getProblem());
            case AcmeNetworkException network
            when network.getCause() != null -> "the issuer cannot be reached: " + named(network.getCause());
            default -> {
                Throwable cause = e.getCause();
                yield cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + named(cause);
            }
        };
    }

    private static String named(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ", " + message);
    }
}
