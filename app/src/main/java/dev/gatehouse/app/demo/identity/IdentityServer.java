package dev.gatehouse.app.demo.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The [provider][DemoIdentity] on a loopback port, one virtual thread per request.
public final class IdentityServer implements AutoCloseable {
    private static final int MOST_OCTETS = 16 << 10;

    private final HttpServer server;
    private final DemoIdentity identity;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private IdentityServer(HttpServer server) {
        this.server = server;
        this.identity = new DemoIdentity(
                "http://127.0.0.1:" + server.getAddress().getPort(), InstantSource.system(), new SecureRandom());
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /// @param port 0 takes a free one
    /// @throws IOException when it is taken
    public static IdentityServer start(int port) throws IOException {
        IdentityServer started =
                new IdentityServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        started.server.start();
        return started;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_OCTETS + 1);
            IdentityAnswer answer = body.length > MOST_OCTETS
                    ? IdentityAnswer.refusal(413, "invalid_request", "at most 16 KiB")
                    : identity.answer(IdentityRequest.of(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            exchange.getRequestURI().getRawQuery(),
                            new String(body, UTF_8),
                            exchange.getRequestHeaders().getFirst("Authorization")));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] octets = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), octets.length == 0 ? -1 : octets.length);
            if (octets.length > 0) {
                exchange.getResponseBody().write(octets);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
