package dev.gatehouse.app.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The demo's one service: menus, an echo of what it is sent, a slow answer and a broken one. On a free loopback
/// port, one virtual thread per request.
public final class MenuService implements AutoCloseable {
    private static final int MAX_PAUSE_MILLIS = 20_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private MenuService(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /// @throws IOException when no port is free
    public static MenuService start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        MenuService service = new MenuService(server);
        server.start();
        return service;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/menus/")) {
                json(exchange, 200, menu(path.substring("/menus/".length())));
            } else if (path.startsWith("/echo")) {
                text(exchange, echo(exchange));
            } else if (path.startsWith("/slow/")) {
                pause(path.substring("/slow/".length()));
                json(exchange, 200, "{\"slow\":true}\n");
            } else if (path.equals("/broken")) {
                // Announces more than it sends: the gateway must not let this look like a whole answer.
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write("only the beginning".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                throw new IOException("broken on purpose");
            } else {
                json(exchange, 404, "{\"error\":\"menu-service knows /menus/{id}, /echo, /slow/400ms and /broken\"}\n");
            }
        }
    }

    private static String menu(String restaurant) {
        String id = restaurant.replaceAll("[^A-Za-z0-9_-]", "");
        return "{\"restaurant\":\"" + id + "\",\"items\":[{\"name\":\"Tom Yam\",\"price\":9.5},"
                + "{\"name\":\"Pad Thai\",\"price\":11.0}]}\n";
    }

    private static String echo(HttpExchange exchange) throws IOException {
        StringBuilder out = new StringBuilder();
        out.append(exchange.getRequestMethod())
                .append(' ')
                .append(exchange.getRequestURI())
                .append('\n');
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(
                        value -> out.append(name).append(": ").append(value).append('\n')));
        long length = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        return out.append("\nbody: ").append(length).append(" bytes\n").toString();
    }

    private static void pause(String millis) {
        String digits = millis.replaceAll("[^0-9]", "");
        int wanted = digits.isEmpty() || digits.length() > 6 ? 400 : Integer.parseInt(digits);
        try {
            Thread.sleep(Math.min(wanted, MAX_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, status, body);
    }

    private static void text(HttpExchange exchange, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        send(exchange, 200, body);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : octets.length);
        if (!head) {
            exchange.getResponseBody().write(octets);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
