package dev.gatehouse.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What [AotCommand] lets a JVM do while it is watched: read a configuration, with and without mistakes, be a gateway
/// and pass requests on to a service of its own until their code is no longer new. Everything is on loopback, on ports
/// the system chooses. Ends with the JVM.
final class Rehearsal {
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 100;
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
            .getBytes(StandardCharsets.US_ASCII);
    private static final String HEADS = "Host: localhost\r\nUser-Agent: rehearsal\r\nAccept: */*\r\n\r\n";
    private static final String END_OF_HEAD = "\r\n\r\n";

    private Rehearsal() {}

    static void play() throws IOException {
        Path folder = Files.createTempDirectory("gatehouse-aot");
        Path file = folder.resolve("gateway.yaml");
        Path broken = folder.resolve("broken.yaml");
        try (ServerSocket service = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(service));
            int port = freePort();
            String text = """
                listeners: { public: { bind: 127.0.0.1, port: %d } }
                admin: { port: %d }
                services:
                  shop: { instances: [ "127.0.0.1:%d" ], load_balancer: round_robin, timeout: { request: 10s } }
                defaults: { timeout: { request: 5s } }
                routes:
                  - { path: "/menus/{id}", methods: [ GET ], service: shop }
                  - group: orders
                    path: /orders
                    service: shop
                    routes: [ { path: /** }, { path: "/{id}", match: { headers: { X-Kind: new } } } ]
                  - { path: /hello, respond: { status: 200, body: "hello {client.ip}" } }
                """.formatted(port, freePort(), service.getLocalPort());
            Files.writeString(file, text);
            Files.writeString(broken, text.replace("instances", "instance"));
            must(1, "check", "-f", broken.toString());
            must(0, "check", "-f", file.toString());
            must(0, "routes", "-f", file.toString());
            must(GatehouseCommand.RUNNING, "run", "-f", file.toString());
            for (int client = 0; client < CLIENTS; client++) {
                ask(port);
            }
        } finally {
            for (Path each : List.of(file, broken, folder)) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static void must(int expected, String... line) throws IOException {
        int code = GatehouseCommand.run(line);
        if (code != expected) {
            throw new IOException("'gatehouse " + String.join(" ", line) + "' ended with " + code);
        }
    }

    /// One connection: mostly what is served, now and then what is not.
    private static void ask(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            for (int i = 0; i < REQUESTS; i++) {
                String path = i % 10 == 9 ? "/nowhere" : i % 10 == 8 ? "/hello" : "/menus/r" + i;
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\n" + HEADS).getBytes(StandardCharsets.US_ASCII));
                readAnswer(socket.getInputStream());
            }
        }
    }

    private static void readAnswer(InputStream in) throws IOException {
        String head = readHead(in);
        for (String line : head.lines().toList()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                in.skipNBytes(Long.parseLong(line.substring(15).strip()));
            }
        }
    }

    /// @return empty at the end of the connection
    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.indexOf(END_OF_HEAD, Math.max(0, head.length() - END_OF_HEAD.length())) >= 0) {
                return head.toString();
            }
        }
        return "";
    }

    private static void serve(ServerSocket service) {
        try {
            while (true) {
                Socket connection = service.accept();
                Thread.ofPlatform().daemon().start(() -> answer(connection));
            }
        } catch (IOException e) {
            // The rehearsal is over.
        }
    }

    private static void answer(Socket connection) {
        try (connection) {
            while (!readHead(connection.getInputStream()).isEmpty()) {
                connection.getOutputStream().write(ANSWER);
            }
        } catch (IOException e) {
            // The gateway has closed it.
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
