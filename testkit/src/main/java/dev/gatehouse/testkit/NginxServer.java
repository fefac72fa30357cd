package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real nginx on a free port of 127.0.0.1, as one child process with a folder of its own. The test is skipped
/// where nginx is not installed.
public final class NginxServer implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final Duration STARTING = Duration.ofSeconds(10);

    private final Process process;
    private final Path folder;
    private final int port;

    private NginxServer(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /// Starts nginx with this inside its `server { listen …; }`, such as `location / { return 200 "hi"; }`.
    public static NginxServer start(String serverBlockBody) {
        return listening("", serverBlockBody);
    }

    /// The same, listening in another way.
    ///
    /// @param how such as `http2`, or `ssl http2` with a certificate named in the body
    public static NginxServer listening(String how, String serverBlockBody) {
        Path binary = Servers.require("nginx");
        AssertionError lastFailure = new AssertionError("nginx was never tried");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return startOnce(binary, how, serverBlockBody);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (AssertionError e) {
                // Another process may have taken the port since it was seen free.
                lastFailure = e;
                if (!String.valueOf(e.getMessage()).contains("Address already in use")) {
                    throw e;
                }
            }
        }
        throw lastFailure;
    }

    /// Starts nginx serving the files of a folder.
    public static NginxServer serving(Path staticFolder) {
        return start("root " + staticFolder.toAbsolutePath() + ";");
    }

    public int port() {
        return port;
    }

    /// `http://127.0.0.1:port`.
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /// What nginx wrote to its error log so far.
    public String errorLog() {
        try {
            return Files.readString(folder.resolve("error.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends nginx as a crash would: SIGKILL.
    public void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    @Override
    public void close() {
        process.destroy();
        waitForEnd();
        delete(folder);
    }

    private static NginxServer startOnce(Path binary, String how, String serverBlockBody) throws IOException {
        Path folder = Files.createTempDirectory("gatehouse-nginx-");
        int port = FakeService.refusing();
        Path config = Files.writeString(folder.resolve("nginx.conf"), config(folder, port, how, serverBlockBody));
        Path errorLog = Files.createFile(folder.resolve("error.log"));
        Process process = new ProcessBuilder(
                        List.of(binary.toString(), "-p", folder.toString(), "-c", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(errorLog.toFile()))
                .start();
        NginxServer server = new NginxServer(process, folder, port);
        boolean up = Eventually.holds(STARTING, () -> !process.isAlive() || accepts(port)) && process.isAlive();
        if (!up) {
            String said = server.errorLog();
            server.close();
            throw new AssertionError("nginx does not start:\n" + said);
        }
        return server;
    }

    /// One process without a master, so that killing it leaves nothing; with its own folders for temporary files,
    /// and as the user of the tests, who alone may read the folder.
    private static String config(Path folder, int port, String how, String serverBlockBody) {
        return """
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log warn;
            worker_rlimit_nofile 65536;
            events { worker_connections 16384; }
            http {
                types { text/html html; application/json json; text/css css; text/javascript js; image/png png; }
                default_type text/plain;
                access_log off;
                keepalive_requests 1000000;
                client_max_body_size 0;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                server {
                    listen 127.0.0.1:%2$d %3$s backlog=4096;
                    %4$s
                }
            }
            """.formatted(folder, port, how, serverBlockBody);
    }

    private static boolean accepts(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void waitForEnd() {
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                Subprocess.kill(process);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
