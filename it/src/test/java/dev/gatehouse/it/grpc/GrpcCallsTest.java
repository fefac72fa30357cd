package dev.gatehouse.it.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.it.grpc.GrpcPeers.Client;
import dev.gatehouse.it.grpc.GrpcPeers.Service;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.http2.FrameService;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@LeavesNothingBehind
class GrpcCallsTest {
    private static final String GET_LEVEL = "shop.Stock/GetLevel";

    /// What a call came to, as its caller saw it.
    private static final class Ended extends ClientCall.Listener<String> {
        private final CompletableFuture<Status> status = new CompletableFuture<>();
        private final CompletableFuture<Metadata> trailers = new CompletableFuture<>();
        private final StringBuffer messages = new StringBuffer();
        private volatile CompletableFuture<String> next = new CompletableFuture<>();

        @Override
        public void onMessage(String message) {
            messages.append(message).append(';');
            next.complete(message);
        }

        @Override
        public void onClose(Status ended, Metadata with) {
            trailers.complete(with);
            status.complete(ended);
        }

        String message() throws Exception {
            String message = next.get(5, TimeUnit.SECONDS);
            next = new CompletableFuture<>();
            return message;
        }

        Status status() throws Exception {
            return status.get(5, TimeUnit.SECONDS);
        }
    }

    /// What a service saw of a call that it never answers.
    private static final class Silent implements ServerCallHandler<String, String> {
        private final CompletableFuture<Deadline> deadline = new CompletableFuture<>();
        private final CompletableFuture<Long> cancelled = new CompletableFuture<>();
        private final boolean speaks;

        private Silent(boolean speaks) {
            this.speaks = speaks;
        }

        @Override
        public ServerCall.Listener<String> startCall(ServerCall<String, String> call, Metadata headers) {
            deadline.complete(Context.current().getDeadline());
            call.request(1);
            if (speaks) {
                call.sendHeaders(new Metadata());
                call.sendMessage("first");
            }
            return new ServerCall.Listener<>() {
                @Override
                public void onCancel() {
                    cancelled.complete(System.nanoTime());
                }
            };
        }
    }

    @Test
    void a_call_its_answer_and_its_trailers_pass() throws Exception {
        try (var service = Service.echoing("shop.Stock", "GetLevel", "level of ");
                var gateway = gateway(service, "{ grpc: shop.Stock/GetLevel, service: stock }");
                var client = Client.to(gateway.port())) {
            Ended ended = start(client, CallOptions.DEFAULT, "a", "b");
            assertThat(ended.status()).isEqualTo(Status.OK);
            assertThat(ended.messages).hasToString("level of a;level of b;");
            assertThat(ended.trailers.get().get(GrpcPeers.TRACE)).isEqualTo("end of call");
        }
    }

    @Test
    void messages_go_to_and_fro_while_the_call_lasts() throws Exception {
        try (var service = Service.echoing("shop.Stock", "GetLevel", "");
                // A client that says nothing for a while does not send too slowly.
                var gateway = TestGateway.from("""
                        listeners:
                          public: { protocols: [h2c], limits: { body_rate: 10KiB, body_rate_window: 100ms } }
                        services: { stock: { protocol: grpc, instances: [ "127.0.0.1:%d" ] } }
                        routes: [ { grpc: shop.Stock/*, service: stock } ]
                        """.formatted(service.port()));
                var client = Client.to(gateway.port())) {
            Ended ended = new Ended();
            ClientCall<String, String> call =
                    client.channel().newCall(GrpcPeers.streaming(GET_LEVEL), CallOptions.DEFAULT);
            call.start(ended, new Metadata());
            call.request(100);
            for (String message : new String[] {"one", "two", "three"}) {
                call.sendMessage(message);
                assertThat(ended.message()).isEqualTo(message);
                Thread.sleep(400);
            }
            call.halfClose();
            assertThat(ended.status()).isEqualTo(Status.OK);
        }
    }

    @Test
    void a_stream_lives_through_20_reloads_and_ends_well_with_the_gateway() throws Exception {
        try (var service = Service.echoing("shop.Stock", "GetLevel", "")) {
            var gateway = gateway(service, route(0));
            try (var client = Client.to(gateway.port())) {
                Ended ended = new Ended();
                ClientCall<String, String> call =
                        client.channel().newCall(GrpcPeers.streaming(GET_LEVEL), CallOptions.DEFAULT);
                call.start(ended, new Metadata());
                call.request(100);
                for (int i = 1; i <= 20; i++) {
                    gateway.reload(yaml(service, route(i)));
                    call.sendMessage("after reload " + i);
                    assertThat(ended.message()).isEqualTo("after reload " + i);
                }
                CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
                call.sendMessage("while it drains");
                assertThat(ended.message()).isEqualTo("while it drains");
                call.halfClose();
                assertThat(ended.status()).isEqualTo(Status.OK);
                closed.get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static String route(int number) {
        return "{ grpc: shop.Stock/GetLevel, name: r%d, service: stock }".formatted(number);
    }

    @Test
    void the_service_is_told_what_is_left_of_the_callers_time() throws Exception {
        var silent = new Silent(false);
        try (var service = Service.start("shop.Stock", "GetLevel", silent);
                var gateway = gateway(service, "{ grpc: shop.Stock/GetLevel, service: stock }");
                var client = Client.to(gateway.port())) {
            Ended ended = start(client, CallOptions.DEFAULT.withDeadlineAfter(2000, TimeUnit.MILLISECONDS), "a");
            assertThat(silent.deadline.get(5, TimeUnit.SECONDS).timeRemaining(TimeUnit.MILLISECONDS))
                    .isBetween(1L, 2000L);
            assertThat(ended.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            silent.cancelled.get(1, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_route_bounds_the_callers_time() throws Exception {
        var silent = new Silent(false);
        try (var service = Service.start("shop.Stock", "GetLevel", silent);
                var gateway = gateway(
                        service, "{ grpc: { method: shop.Stock/GetLevel, max_timeout: 1500ms }, service: stock }");
                var client = Client.to(gateway.port())) {
            Ended ended = start(client, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS), "a");
            assertThat(silent.deadline.get(5, TimeUnit.SECONDS).timeRemaining(TimeUnit.MILLISECONDS))
                    .isLessThanOrEqualTo(1500);
            assertThat(ended.status().getCode()).as("%s", ended.status()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(ended.status().getDescription())
                    .startsWith("DEADLINE_EXCEEDED: ")
                    .contains("(request ");
            silent.cancelled.get(1, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_service_that_gives_up_a_moment_before_its_time_was_late_all_the_same() throws Exception {
        try (var service = FrameService.script(c -> {
                    c.open();
                    int stream = c.awaitRequest().stream();
                    LockSupport.parkNanos(470_000_000);
                    c.reset(stream, 8 /* CANCEL */);
                });
                var gateway = TestGateway.from("""
                    listeners: { public: { protocols: [h2c] } }
                    services: { stock: { protocol: grpc, instances: [ "%s" ] } }
                    routes: [ { grpc: { method: shop.Stock/GetLevel, max_timeout: 500ms }, service: stock } ]
                    """.formatted(service.url()));
                var client = Client.to(gateway.port())) {
            Ended ended = start(client, CallOptions.DEFAULT, "a");
            assertThat(ended.status().getCode()).as("%s", ended.status()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void a_stream_that_has_begun_ends_in_time_and_says_why() throws Exception {
        var silent = new Silent(true);
        try (var service = Service.start("shop.Stock", "GetLevel", silent);
                var gateway = gateway(
                        service, "{ grpc: { method: shop.Stock/GetLevel, max_timeout: 1500ms }, service: stock }");
                var client = Client.to(gateway.port())) {
            Ended ended = start(client, CallOptions.DEFAULT, "a");
            assertThat(ended.message()).isEqualTo("first");
            assertThat(ended.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(ended.status().getDescription()).startsWith("DEADLINE_EXCEEDED: ");
            silent.cancelled.get(1, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_cancelled_call_is_cancelled_at_the_service_within_100_ms() throws Exception {
        var services = new ConcurrentLinkedQueue<Silent>();
        try (var service = Service.start("shop.Stock", "GetLevel", (call, headers) -> {
                    var silent = new Silent(true);
                    services.add(silent);
                    return silent.startCall(call, headers);
                });
                var gateway = gateway(service, "{ grpc: shop.Stock/GetLevel, service: stock }");
                var client = Client.to(gateway.port())) {
            List<Long> micros = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Ended ended = new Ended();
                ClientCall<String, String> call =
                        client.channel().newCall(GrpcPeers.streaming(GET_LEVEL), CallOptions.DEFAULT);
                call.start(ended, new Metadata());
                call.request(2);
                call.sendMessage("a");
                assertThat(ended.message()).isEqualTo("first");
                long from = System.nanoTime();
                call.cancel("enough", null);
                long at = services.remove().cancelled.get(5, TimeUnit.SECONDS);
                micros.add((at - from) / 1000);
            }
            System.out.println("cancelled at the service after µs: " + micros);
            assertThat(micros).allSatisfy(took -> assertThat(took).isLessThan(100_000));
        }
    }

    @Test
    void calls_of_one_connection_are_spread_over_the_instances() {
        try (var one = Service.echoing("shop.Stock", "GetLevel", "one");
                var two = Service.echoing("shop.Stock", "GetLevel", "two");
                var gateway = TestGateway.from("""
                        listeners: { public: { protocols: [h2c] } }
                        services:
                          stock: { protocol: grpc, instances: [ "127.0.0.1:%d", "127.0.0.1:%d" ] }
                        routes: [ { grpc: shop.Stock/*, service: stock } ]
                        """.formatted(one.port(), two.port()));
                var client = Client.to(gateway.port())) {
            Map<String, Integer> answers = new TreeMap<>();
            for (int i = 0; i < 100; i++) {
                answers.merge(client.call(GET_LEVEL, ""), 1, Integer::sum);
            }
            System.out.println("100 calls on one connection: " + answers);
            assertThat(answers.values())
                    .hasSize(2)
                    .allSatisfy(count -> assertThat(count).isBetween(40, 60));
        }
    }

    @Test
    void what_the_gateway_cannot_serve_is_a_status_of_grpc() {
        try (var service = FakeService.handling(
                        _ -> Answer.of(502, "<h1>Bad Gateway</h1>").header("Content-Type", "text/html"));
                var gateway = TestGateway.from("""
                        listeners: { public: { protocols: [h2c] } }
                        services:
                          gone: { protocol: grpc, instances: [ "127.0.0.1:1" ] }
                          html: { instances: [ "127.0.0.1:%d" ] }
                        routes:
                          - { grpc: shop.Stock/GetLevel, service: gone }
                          - { path: /shop.Html/**, service: html }
                        """.formatted(service.port()));
                var client = Client.to(gateway.port())) {
            assertThat(status(client, "no.Such/Method"))
                    .extracting(Status::getCode, Status::getDescription)
                    .satisfies(told -> {
                        assertThat(told.get(0)).isEqualTo(Status.Code.UNIMPLEMENTED);
                        assertThat((String) told.get(1))
                                .startsWith("NO_ROUTE: ")
                                .contains("(request ");
                    });
            assertThat(status(client, GET_LEVEL).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(status(client, GET_LEVEL).getDescription()).startsWith("SERVICE_UNAVAILABLE: ");
            assertThat(status(client, "shop.Html/Get").getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(status(client, "shop.Html/Get").getDescription()).contains("502 Bad Gateway");
        }
    }

    private static TestGateway gateway(Service service, String route) {
        return TestGateway.from(yaml(service, route));
    }

    private static String yaml(Service service, String route) {
        return """
                listeners: { public: { protocols: [h2c] } }
                services: { stock: { protocol: grpc, instances: [ "127.0.0.1:%d" ] } }
                routes: [ %s ]
                """.formatted(service.port(), route);
    }

    private static Ended start(Client client, CallOptions options, String... messages) {
        Ended ended = new Ended();
        ClientCall<String, String> call = client.channel().newCall(GrpcPeers.streaming(GET_LEVEL), options);
        call.start(ended, new Metadata());
        call.request(100);
        for (String message : messages) {
            call.sendMessage(message);
        }
        call.halfClose();
        return ended;
    }

    private static Status status(Client client, String method) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> client.call(method, ""))
                .getStatus();
    }
}
