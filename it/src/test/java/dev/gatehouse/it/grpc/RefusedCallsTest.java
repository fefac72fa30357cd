package dev.gatehouse.it.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.it.auth.SignedToken;
import dev.gatehouse.it.grpc.GrpcPeers.Client;
import dev.gatehouse.it.grpc.GrpcPeers.Service;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Calls of gRPC that may not be made, as a client of gRPC hears of it: the status, and why, in trailers.
@LeavesNothingBehind
class RefusedCallsTest {
    private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
    private static final Metadata.Key<String> CHALLENGE = key("www-authenticate");
    private static final Metadata.Key<String> RETRY_AFTER = key("retry-after");
    private static final Metadata.Key<String> USER = key("x-user-id");
    private static final Metadata.Key<String> USER_WITH_UNDERSCORES = key("x_user_id");

    private final BlockingQueue<Metadata> received = new LinkedBlockingQueue<>();

    @Test
    void nobody_in_particular_is_unauthenticated() {
        try (var service = service();
                var gateway = gateway(service);
                var client = Client.to(gateway.port())) {
            StatusRuntimeException missing = refused(client, "shop.Stock/GetLevel", new Metadata());
            assertThat(missing.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(missing.getStatus().getDescription()).startsWith("UNAUTHENTICATED: Missing authentication");
            assertThat(missing.getTrailers().get(CHALLENGE)).isEqualTo("Bearer");

            StatusRuntimeException bad = refused(client, "shop.Stock/GetLevel", bearer(SignedToken.of("u1") + "x"));
            assertThat(bad.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(bad.getStatus().getDescription()).startsWith("INVALID_TOKEN: ");

            StatusRuntimeException late = refused(
                    client, "shop.Stock/GetLevel", bearer(SignedToken.saying("\"sub\":\"u1\",\"nbf\":4102440000")));
            assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(received).isEmpty();
        }
    }

    @Test
    void somebody_who_may_not_is_denied() {
        try (var service = service();
                var gateway = gateway(service);
                var client = Client.to(gateway.port())) {
            StatusRuntimeException denied = refused(client, "shop.Stock/SetLevel", bearer(SignedToken.of("u1")));
            assertThat(denied.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(denied.getStatus().getDescription()).startsWith("FORBIDDEN: ");
            assertThat(denied.getTrailers().get(CHALLENGE)).isNull();
            assertThat(received).isEmpty();
        }
    }

    @Test
    void who_calls_too_often_is_told_when_to_come_again() throws Exception {
        try (var service = service();
                var gateway = gateway(service);
                var client = Client.to(gateway.port())) {
            Metadata who = bearer(SignedToken.of("u1"));
            who.put(USER, "root");
            who.put(USER_WITH_UNDERSCORES, "root");
            assertThat(call(client, "shop.Stock/GetLevel", who)).isEqualTo("level of a");
            Metadata seen = received.poll(5, TimeUnit.SECONDS);
            assertThat(seen.getAll(USER)).containsExactly("u1");
            assertThat(seen.containsKey(USER_WITH_UNDERSCORES)).isFalse();
            assertThat(seen.containsKey(AUTHORIZATION)).isFalse();
            assertThat(call(client, "shop.Stock/GetLevel", bearer(SignedToken.of("u1"))))
                    .isEqualTo("level of a");

            StatusRuntimeException often = refused(client, "shop.Stock/GetLevel", bearer(SignedToken.of("u1")));
            assertThat(often.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(often.getStatus().getDescription()).startsWith("RATE_LIMIT_EXCEEDED: ");
            assertThat(Integer.parseInt(often.getTrailers().get(RETRY_AFTER))).isBetween(3600, 3636);
            assertThat(call(client, "shop.Stock/GetLevel", bearer(SignedToken.of("u2"))))
                    .as("somebody else")
                    .isEqualTo("level of a");
        }
    }

    @Test
    void a_route_that_wants_a_certificate_says_so() {
        try (var service = service();
                var gateway = gateway(service);
                var client = Client.to(gateway.port())) {
            StatusRuntimeException without = refused(client, "shop.Stock/Reset", bearer(SignedToken.of("u1")));
            assertThat(without.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(without.getStatus().getDescription()).startsWith("CLIENT_CERTIFICATE_REQUIRED: ");
        }
    }

    @Test
    void a_page_finds_the_status_in_the_body() {
        try (var service = service();
                var gateway = gateway(service)) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(),
                    "POST /shop.Stock/GetLevel HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nContent-Type:"
                            + " application/grpc-web\r\nContent-Length: 0\r\n\r\n");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("grpc-status: 16\r\n", "UNAUTHENTICATED");
        }
    }

    // ── as it is written here

    private Service service() {
        return Service.start("shop.Stock", "GetLevel", (call, headers) -> {
            received.add(headers);
            call.sendHeaders(new Metadata());
            call.request(1);
            return new ServerCall.Listener<>() {
                @Override
                public void onMessage(String message) {
                    call.sendMessage("level of " + message);
                    call.close(Status.OK, new Metadata());
                }
            };
        });
    }

    private static TestGateway gateway(Service service) {
        return TestGateway.from("""
                listeners: { public: { protocols: [ h2c, http/1.1 ] } }
                security:
                  authentication:
                    customer: { type: jwt, secret: "%s" }
                    machine: { type: mtls }
                services: { stock: { protocol: grpc, instances: [ "127.0.0.1:%d" ] } }
                routes:
                  - { grpc: shop.Stock/GetLevel, service: stock, auth: customer, rate_limit: { per: user, limit: 2/h } }
                  - { grpc: shop.Stock/SetLevel, service: stock, auth: customer, require: "role:admin" }
                  - { grpc: shop.Stock/Reset, service: stock, auth: machine }
                """.formatted(SignedToken.SECRET, service.port()));
    }

    private static Metadata bearer(String token) {
        Metadata metadata = new Metadata();
        metadata.put(AUTHORIZATION, "Bearer " + token);
        return metadata;
    }

    private static String call(Client client, String method, Metadata with) {
        return ClientCalls.blockingUnaryCall(
                ClientInterceptors.intercept(client.channel(), MetadataUtils.newAttachHeadersInterceptor(with)),
                GrpcPeers.unary(method),
                CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                "a");
    }

    private static StatusRuntimeException refused(Client client, String method, Metadata with) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> call(client, method, with));
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
