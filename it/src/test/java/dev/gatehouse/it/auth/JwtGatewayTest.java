package dev.gatehouse.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Signed tokens, with a provider that publishes its keys over a socket: case E12 among them.
@LeavesNothingBehind
class JwtGatewayTest {
    @Test
    void the_service_learns_who_calls_and_never_sees_the_token() {
        try (var provider = new KeyProvider();
                var service = FakeService.start();
                var gateway = gateway(provider, service)) {
            RawAnswer answer = ask(gateway, provider.token("t-1"));

            assertThat(answer.status()).isEqualTo(200);
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.headers("X-User-Id")).containsExactly("u1");
            assertThat(sent.headers("X-User-Roles")).containsExactly("customer");
            assertThat(sent.headers("Authorization")).isEmpty();
        }
    }

    @Test
    void an_expired_token_says_so_as_programs_understand_it() {
        try (var provider = new KeyProvider();
                var service = FakeService.start();
                var gateway = gateway(provider, service)) {
            String token = provider.token("t-1", Instant.now().getEpochSecond() - 240);

            RawAnswer answer = ask(gateway, token);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers("WWW-Authenticate"))
                    .containsExactly("Bearer error=\"invalid_token\", error_description=\"expired\"");
            assertThat(answer.text()).contains("TOKEN_EXPIRED", "expired 4 minutes ago", "expired_at");
            assertThat(answer.text()).doesNotContain(token);
            service.assertNothingReceived();
        }
    }

    @Test
    void many_first_requests_at_once_make_one_fetch() throws Exception {
        try (var provider = new KeyProvider();
                var service = FakeService.start();
                var gateway = gateway(provider, service);
                ExecutorService clients = Executors.newFixedThreadPool(50)) {
            CountDownLatch asked = new CountDownLatch(1);
            provider.answer(exchange -> {
                await(asked);
                provider.publish(exchange);
            });
            List<Callable<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String token = provider.token("t-" + i);
                requests.add(() -> ask(gateway, token).status());
            }
            List<Future<Integer>> answers =
                    requests.stream().map(clients::submit).toList();
            asked.countDown();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
            assertThat(provider.fetches()).isEqualTo(1);
        }
    }

    @Test
    void a_provider_gone_mad_harms_no_known_key() {
        try (var provider = new KeyProvider();
                var service = FakeService.start();
                var gateway = gateway(provider, service)) {
            assertThat(ask(gateway, provider.token("t-1")).status()).isEqualTo(200);
            String known = provider.token("t-2");

            provider.answer(exchange -> KeyProvider.say(exchange, "<html>Sign in</html>"));
            assertThat(ask(gateway, known).status()).isEqualTo(200);
            provider.answer(exchange -> KeyProvider.say(exchange, "{\"keys\":[" + " ".repeat(1 << 20) + "]}"));
            assertThat(ask(gateway, known).status()).isEqualTo(200);
            assertThat(ask(gateway, provider.token("t-3")).status()).isEqualTo(200);
            assertThat(provider.fetches()).as("nothing made the gateway ask").isEqualTo(1);
        }
    }

    @Test
    void while_an_unknown_key_is_looked_for_everybody_else_is_served() throws Exception {
        try (var provider = new KeyProvider();
                var service = FakeService.start();
                var gateway = gateway(provider, service);
                ExecutorService clients = Executors.newFixedThreadPool(1)) {
            String known = provider.token("t-1");
            assertThat(ask(gateway, known).status()).isEqualTo(200);
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch served = new CountDownLatch(1);
            provider.answer(exchange -> {
                asked.countDown();
                await(served);
                provider.publish(exchange);
            });
            provider.rotate("key-2");
            String unknown = provider.token("t-2");
            Thread.sleep(5_100); // as long as an unknown key does not have keys fetched again
            Future<Integer> waiting = clients.submit(() -> ask(gateway, unknown).status());
            asked.await();

            for (int i = 0; i < 20; i++) {
                assertThat(ask(gateway, known).status()).isEqualTo(200);
            }
            served.countDown();
            assertThat(waiting.get()).isEqualTo(200);
            assertThat(ask(gateway, known).status()).as("its key was withdrawn").isEqualTo(401);
        }
    }

    @Test
    void without_keys_nobody_passes() {
        try (var provider = new KeyProvider();
                var service = FakeService.start();
                var gateway = gateway(provider, service)) {
            CleanEnd.expectLog("was 500; tokens cannot be judged");
            provider.answer(exchange -> exchange.sendResponseHeaders(500, -1));

            RawAnswer answer = ask(gateway, provider.token("t-1"));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).contains("POLICY_UNDECIDED");
            service.assertNothingReceived();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TestGateway gateway(KeyProvider provider, FakeService service) {
        return TestGateway.from("""
                services: { shop: { instances: [ "%s" ] } }
                security:
                  authentication:
                    customer:
                      type: jwt
                      issuer: https://id.tasty.example
                      audience: shop-api
                      jwks_url: %s
                      algorithms: [ RS256, ES256 ]
                      roles_from: realm_access.roles
                routes:
                  - { path: /**, service: shop, auth: customer }
                """.formatted(service.address(), provider.url()));
    }

    private static RawAnswer ask(TestGateway gateway, String token) {
        return RawClient.ask(
                gateway.port(),
                "GET /orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-User-Id: evil\r\nAuthorization: Bearer "
                        + token + "\r\n\r\n");
    }
}
