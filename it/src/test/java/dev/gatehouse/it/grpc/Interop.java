package dev.gatehouse.it.grpc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testkit.Subprocess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.awaitility.Awaitility;

/// grpc-java's own client and server for interoperability tests, as processes of their own: their libraries are other
/// versions than ours. `it/interop` puts them together.
final class Interop {
    /// The cases of grpc-java without those that need accounts, or hours. Two ask first whether the server minds a wrong
    /// flag, which this one does not; one wants a GET: they fail directly.
    static final List<String> CASES = List.of(
            "empty_unary",
            "cacheable_unary",
            "large_unary",
            "client_compressed_unary",
            "client_compressed_unary_noprobe",
            "server_compressed_unary",
            "client_streaming",
            "client_compressed_streaming",
            "client_compressed_streaming_noprobe",
            "server_streaming",
            "server_compressed_streaming",
            "ping_pong",
            "empty_stream",
            "custom_metadata",
            "status_code_and_message",
            "special_status_message",
            "unimplemented_method",
            "unimplemented_service",
            "cancel_after_begin",
            "cancel_after_first_response",
            "timeout_on_sleeping_server");

    /// Whom the certificate in grpc-java's test jar is for.
    static final String HOST = "foo.test.google.fr";

    private static final Path ROOT = Path.of(System.getProperty("gatehouse.root", "..")).toAbsolutePath();
    private static final Path LIBRARIES = ROOT.resolve("it/interop/target/lib");

    private Interop() {}

    /// Skips the test where the libraries were not put together.
    static void assumeThere() {
        assumeTrue(Files.isDirectory(LIBRARIES), "no grpc-java in " + LIBRARIES);
    }

    /// A server in a process of its own.
    record Server(Process process, int port) implements AutoCloseable {
        static Server start(boolean tls) {
            int port = freePort();
            List<String> command = java();
            command.addAll(List.of(
                    "io.grpc.testing.integration.TestServiceServer", "--port=" + port, "--use_tls=" + tls));
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                Server server = new Server(process, port);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(100))
                        .until(server::isListening);
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean isListening() {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException _) {
                return false;
            }
        }

        @Override
        public void close() {
            process.destroy();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Runs all cases.
    ///
    /// @return `passed` or `failed` for each
    static Map<String, String> run(int port, boolean tls) {
        List<String> command = java();
        command.add(ROOT.resolve("it/src/test/resources/grpc/InteropCases.java").toString());
        command.add(String.join(",", CASES));
        command.addAll(List.of(
                "--server_host=127.0.0.1",
                "--server_host_override=" + HOST,
                "--server_port=" + port,
                "--use_tls=" + tls,
                "--use_test_ca=" + tls));
        var finished = Subprocess.run(Duration.ofMinutes(3), command);
        Map<String, String> results = new TreeMap<>();
        for (String line : finished.stdout().split("\n", -1)) {
            if (line.startsWith("RESULT ")) {
                String[] words = line.split(" ", -1);
                results.put(words[1], words[2]);
            }
        }
        if (results.size() != CASES.size() || results.containsValue("failed")) {
            System.out.println(finished.stderr());
        }
        return results;
    }

    private static List<String> java() {
        return new ArrayList<>(Arrays.asList(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                LIBRARIES + File.separator + "*"));
    }

    /// What the test jar has for servers to show, copied to a folder.
    ///
    /// @param name `server1.pem`, `server1.key`
    static Path certificate(String name, Path into) throws IOException {
        try (var files = Files.newDirectoryStream(LIBRARIES, "grpc-testing-*.jar");
                JarFile jar = new JarFile(files.iterator().next().toFile());
                InputStream in = jar.getInputStream(jar.getEntry("certs/" + name))) {
            Path copy = into.resolve(name);
            Files.copy(in, copy);
            return copy;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
