package dev.gatehouse.it.lifecycle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.net.Transport;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.TestGateway;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that leave and services that break off, at every moment there is. Afterwards nothing is held: no
/// buffer, no descriptor, no connection, no exchange. What a closed gateway leaves behind is looked for after each
/// test.
@LeavesNothingBehind
class AbortTest {

    /// 100,000 for the show list of the first part.
    private static final int ABORTS = Integer.getInteger("gatehouse.aborts", 3000);

    private static final long SEED = Long.getLong("gatehouse.aborts.seed", 20_250_722);
    private static final int AT_ONCE = 64;
    private static final Duration SETTLING = Duration.ofSeconds(20);

    /// The buffers of the rings io_uring reads into come by and by, up to 256 of 16 KiB for each of two loops.
    private static final long RINGS = 8 << 20;

    private final Witness witness = new Witness();

    /// Remembers the service failing. It never does: so a broken answer is one that another client's leaving has
    /// broken.
    private static final class Witness implements Policy {
        private final List<String> failures = new CopyOnWriteArrayList<>();

        @Override
        public Decision onResponse(Exchange exchange, Response response) {
            if (response.status() == 502) {
                failures.add(describe(exchange) + ": "
                        + (response.body() instanceof Body.Bytes made
                                ? new String(made.octets(), US_ASCII)
                                : "from the service"));
            }
            return Decision.CONTINUE;
        }

        @Override
        public void onEnd(Exchange exchange, Outcome outcome) {
            if (outcome.failure() == FailureKind.SERVICE_BAD_RESPONSE && outcome.status() != 502) {
                failures.add(describe(exchange) + ": cut off");
            }
        }

        private static String describe(Exchange exchange) {
            return exchange.request().method() + " " + exchange.request().path();
        }
    }

    @Test
    void clients_that_leave_at_any_moment_leave_nothing_in_the_gateway() throws Exception {
        try (FakeService service = menu();
                TestGateway gateway = TestGateway.to(service)
                        .loops(2)
                        // Whoever fails to connect does so for another reason than a busy machine.
                        .timeouts(new TimeoutConfig(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30)))
                        .idleConnections(Duration.ofMillis(300))
                        .policy(witness)
                        .start()) {
            leaveAgainAndAgain(gateway, ABORTS);
            assertThat(witness.failures).isEmpty();
            assertThat(gateway.gateway().counters().failures()).containsOnlyKeys(FailureKind.CLIENT_LEFT);
        }
    }

    /// With four connections for 64 clients most exchanges wait for one when their client leaves.
    @Test
    void clients_that_leave_while_they_wait_for_a_connection_leave_nothing_in_the_gateway() throws Exception {
        try (FakeService service = menu();
                TestGateway gateway = TestGateway.to(service)
                        .loops(2)
                        .connections(4, 200)
                        .idleConnections(Duration.ofMillis(300))
                        .policy(witness)
                        .start()) {
            leaveAgainAndAgain(gateway, ABORTS / 3);
            assertThat(witness.failures).isEmpty();
        }
    }

    enum Shape {
        WITH_LENGTH("HTTP/1.1 200 OK\r\nContent-Length: 20\r\nX-A: b\r\n\r\n01234567890123456789"),
        CHUNKED("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n"
                + "a\r\n0123456789\r\nA;x=y\r\n0123456789\r\n0\r\nX-T: t\r\n\r\n"),
        AFTER_A_HINT("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
        WITHOUT_BODY("HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n");

        private final String answer;

        Shape(String answer) {
            this.answer = answer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_service_that_closes_after_any_byte_of_its_answer_never_makes_it_look_whole(Shape shape) {
        breaksOffEverywhere(shape.answer, Script::close);
    }

    @ParameterizedTest
    @EnumSource
    void a_service_that_resets_after_any_byte_of_its_answer_never_makes_it_look_whole(Shape shape) {
        breaksOffEverywhere(shape.answer, Script::reset);
    }

    /// The head says nothing about the length, so each end in good order is the end, and each reset is not.
    @Test
    void an_answer_that_ends_with_its_connection_is_whole_only_when_that_ends_well() {
        String head = "HTTP/1.1 200 OK\r\nX-A: b\r\n\r\n";
        String answer = head + "0123456789";
        try (FakeService closing = FakeService.script(scripts(answer, Script::close));
                TestGateway gateway = TestGateway.to(closing).start()) {
            for (int sent = 0; sent <= answer.length(); sent++) {
                RawAnswer got = RawClient.ask(gateway.port(), "GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
                if (sent < head.length()) {
                    assertThat(got.status()).as("%d bytes: %s", sent, got).isEqualTo(502);
                } else {
                    assertThat(got.complete()).as("%d bytes: %s", sent, got).isTrue();
                    assertThat(got.text()).isEqualTo(answer.substring(head.length(), sent));
                }
            }
            settled(gateway);
        }
    }

    private static void breaksOffEverywhere(String answer, UnaryOperator<Script> breakOff) {
        try (FakeService service = FakeService.script(scripts(answer, breakOff));
                TestGateway gateway = TestGateway.to(service).start()) {
            for (int sent = 0; sent < answer.length(); sent++) {
                // A POST, because none of them may be sent twice: each takes the next script.
                RawAnswer got =
                        RawClient.ask(gateway.port(), "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");

                boolean failed = got.status() == 502 && got.complete();
                boolean cutOff = got.status() == 200 && !got.complete();
                assertThat(failed || cutOff).as("after %d bytes: %s", sent, got).isTrue();
                assertThat(service.connectionCount()).isEqualTo(sent + 1);
            }
            settled(gateway);
        }
    }

    /// One for each number of bytes, in this order.
    @SuppressWarnings("unchecked")
    private static UnaryOperator<Script>[] scripts(String answer, UnaryOperator<Script> breakOff) {
        return IntStream.rangeClosed(0, answer.length())
                .<UnaryOperator<Script>>mapToObj(
                        sent -> s -> breakOff.apply(s.awaitRequest().send(answer.substring(0, sent))))
                .toArray(UnaryOperator[]::new);
    }

    /// Answers small, big, slow and chunked.
    private static FakeService menu() {
        byte[] big = new byte[400_000];
        return FakeService.with().keepNothing().handling(request -> switch (request.target()) {
            case "/big" -> Answer.of(200, big);
            case "/chunked" -> Answer.of(200, big).chunked();
            case "/slow" -> Answer.of(200, "slow").after(Duration.ofMillis(15));
            default -> Answer.of(200, "ok");
        });
    }

    private static void leaveAgainAndAgain(TestGateway gateway, int times) throws Exception {
        settled(gateway);
        int descriptors = descriptors();
        long pinned = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
        LongAdder left = new LongAdder();

        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                SplittableRandom random = new SplittableRandom(SEED + i);
                int share = times / AT_ONCE + (i < times % AT_ONCE ? 1 : 0);
                running.add(clients.submit(() -> {
                    for (int n = 0; n < share; n++) {
                        leave(gateway.port(), random);
                        left.increment();
                    }
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        }

        settled(gateway);
        assertThat(left.sum()).isEqualTo(times);
        await("descriptors closed").atMost(SETTLING).until(() -> descriptors() <= descriptors);
        long rings = gateway.gateway().transport() == Transport.IO_URING ? RINGS : 0;
        await("buffers released")
                .atMost(SETTLING)
                .until(() -> PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() <= pinned + rings);
        assertThat(RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                        .text())
                .isEqualTo("ok");
        System.out.println("aborts: " + times + ", pinned direct memory " + pinned / 1024 + " KiB before and "
                + PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() / 1024 + " KiB after, descriptors " + descriptors
                + " before and " + descriptors() + " after, "
                + gateway.gateway().counters());
    }

    /// One client that leaves.
    private static void leave(int port, SplittableRandom random) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            socket.setSoTimeout(1 + random.nextInt(150));
            socket.setTcpNoDelay(true);
            boolean resets = random.nextBoolean();
            try {
                half(socket, random);
            } catch (IOException e) {
                // Nothing more came in time, or the gateway has ended it first: good moments to leave too.
            }
            if (resets) {
                socket.setSoLinger(true, 0);
            }
        }
    }

    /// A random beginning of a conversation.
    private static void half(Socket socket, SplittableRandom random) throws IOException {
        String path = List.of("/small", "/big", "/chunked", "/slow").get(random.nextInt(4));
        String get =
                "GET " + path + " HTTP/1.1\r\nHost: a\r\nX-Filler: " + "f".repeat(random.nextInt(300)) + "\r\n\r\n";
        switch (random.nextInt(9)) {
            case 0 -> {} // right after connecting
            case 1 -> send(socket, get.substring(0, random.nextInt(get.length())));
            case 2 -> send(socket, get); // at once, whatever is on its way
            case 3 -> {
                send(socket, get);
                read(socket, 1 + random.nextInt(200_000));
            }
            case 4 -> {
                int length = 1 + random.nextInt(200_000);
                send(socket, "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n");
                socket.getOutputStream().write(new byte[random.nextInt(length)]);
            }
            case 5 -> {
                send(socket, "POST " + path + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
                String chunk = "400\r\n" + "c".repeat(1024) + "\r\n";
                send(socket, chunk.repeat(random.nextInt(20)) + chunk.substring(0, random.nextInt(chunk.length())));
            }
            case 6 -> {
                send(
                        socket,
                        "PUT " + path + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
                read(socket, random.nextInt(30));
            }
            case 7 -> {
                send(socket, get.repeat(2 + random.nextInt(4)));
                read(socket, random.nextInt(3000));
            }
            default -> {
                send(socket, get);
                pause(random.nextInt(12));
                if (random.nextBoolean()) {
                    socket.shutdownOutput();
                    read(socket, random.nextInt(500_000));
                }
            }
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static void read(Socket socket, int atMost) throws IOException {
        socket.getInputStream().readNBytes(atMost);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// No client, no exchange, no connection to the service and nobody waiting for one.
    private static void settled(TestGateway gateway) {
        await("no client connection")
                .atMost(SETTLING)
                .until(() -> gateway.gateway().clientConnections() == 0);
        await("as many exchanges ended as began")
                .atMost(SETTLING)
                .until(() -> gateway.gateway().counters().open() == 0);
        var budget = gateway.service().budget();
        await("nobody waits").atMost(SETTLING).until(() -> budget.waiting() == 0);
        await("no connection to the service").atMost(SETTLING).until(() -> budget.open() == 0);
    }

    private static int descriptors() throws IOException {
        Path own = Path.of("/proc/self/fd");
        if (!Files.isDirectory(own)) {
            return 0;
        }
        try (var all = Files.list(own)) {
            return (int) all.count();
        }
    }
}
