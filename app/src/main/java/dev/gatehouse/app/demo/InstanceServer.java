package dev.gatehouse.app.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.engine.config.source.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// An [instance][DemoInstance] on a loopback port, one virtual thread per request.
final class InstanceServer implements AutoCloseable {
    private static final int MOST_OCTETS = 64 << 10;

    static {
        // Without it each answer on a kept connection waits 40 ms for the client's acknowledgement of its head. The
        // JDK's server has no other way to be told, and reads it once.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final DemoAnswers instance;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private InstanceServer(HttpServer server, DemoAnswers instance) {
        this.server = server;
        this.instance = instance;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /// @param port 0 takes a free one
    /// @throws IOException when it is taken
    static InstanceServer start(DemoAnswers instance, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        InstanceServer started = new InstanceServer(server, instance);
        server.start();
        return started;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_OCTETS + 1);
            DemoAnswer answer = body.length > MOST_OCTETS
                    ? DemoAnswer.refusal(413, "at most 64 KiB")
                    : instance.answer(new DemoRequest(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            exchange.getRequestURI().getRawQuery(),
                            new String(body, UTF_8)));
            Thread.sleep(answer.after());
            send(exchange, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, DemoAnswer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        @Nullable Map<String, Object> fields = answer.body();
        if (fields == null) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] octets = (Json.compact(fields) + "\n").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(octets.length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), octets.length);
        exchange.getResponseBody().write(octets);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
