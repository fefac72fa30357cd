package dev.gatehouse.it.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.service.InstanceState.Health;
import dev.gatehouse.it.grpc.GrpcPeers.Client;
import dev.gatehouse.it.grpc.GrpcPeers.Service;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@LeavesNothingBehind
class GrpcHealthTest {
    private static final String SERVING = "\b\1";
    private static final String NOT_SERVING = "\b\2";

    @Test
    void an_instance_is_up_while_it_says_that_the_service_is_serving() throws Exception {
        CleanEnd.expectLog("is down: NOT_SERVING");
        var says = new AtomicReference<>(SERVING);
        var asked = new CompletableFuture<String>();
        try (var service = Service.start("grpc.health.v1.Health", "Check", (call, headers) -> {
                    call.request(2);
                    return new ServerCall.Listener<>() {
                        @Override
                        public void onMessage(String message) {
                            asked.complete(message);
                        }

                        @Override
                        public void onHalfClose() {
                            call.sendHeaders(new Metadata());
                            call.sendMessage(says.get());
                            call.close(Status.OK, new Metadata());
                        }
                    };
                });
                var gateway = TestGateway.from("""
                        services:
                          stock:
                            protocol: grpc
                            instances: [ "127.0.0.1:%d" ]
                            health_check: { grpc: shop.Stock, interval: 100ms, healthy_after: 1, unhealthy_after: 1 }
                        routes: [ { grpc: shop.Stock/*, service: stock } ]
                        """.formatted(service.port()))) {
            await().atMost(Duration.ofSeconds(10)).until(() -> health(gateway) == Health.UP);
            assertThat(asked.get(1, TimeUnit.SECONDS)).isEqualTo("\n\nshop.Stock");
            says.set(NOT_SERVING);
            await().atMost(Duration.ofSeconds(10)).until(() -> health(gateway) == Health.DOWN);
            says.set(SERVING);
            await().atMost(Duration.ofSeconds(10)).until(() -> health(gateway) == Health.UP);
        }
    }

    @Test
    void a_service_that_knows_nothing_of_health_is_down() {
        CleanEnd.expectLog("is down: grpc-status UNIMPLEMENTED");
        try (var service = Service.echoing("shop.Stock", "GetLevel", "");
                var gateway = TestGateway.from("""
                        services:
                          stock:
                            protocol: grpc
                            instances: [ "127.0.0.1:%d" ]
                            health_check: { grpc: "", interval: 100ms, unhealthy_after: 1 }
                        routes: [ { grpc: shop.Stock/*, service: stock } ]
                        """.formatted(service.port()))) {
            await().atMost(Duration.ofSeconds(10)).until(() -> health(gateway) == Health.DOWN);
        }
    }

    @Test
    void the_gateway_answers_for_itself() {
        try (var gateway = TestGateway.from("""
                        listeners: { public: { protocols: [h2c], health: true } }
                        routes: [ { path: /**, respond: { status: 404 } } ]
                        """);
                var client = Client.to(gateway.port())) {
            assertThat(client.call("grpc.health.v1.Health/Check", "")).isEqualTo(SERVING);
            assertThat(status(client, "Check", "\n\1a")).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(status(client, "Check", "nonsense")).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(status(client, "Watch", "")).isEqualTo(Status.Code.UNIMPLEMENTED);
        }
    }

    private static Status.Code status(Client client, String method, String message) {
        return catchThrowableOfType(
                        StatusRuntimeException.class, () -> client.call("grpc.health.v1.Health/" + method, message))
                .getStatus()
                .getCode();
    }

    private static Health health(TestGateway gateway) {
        return gateway.service().instances().getFirst().state().health();
    }
}
