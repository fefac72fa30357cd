package dev.gatehouse.it.lifecycle;

import dev.gatehouse.testkit.Subprocess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The program as its users run it: a JVM of its own, started on the class path of the tests. Used by one test
/// thread; ends with the test, by its process handle only.
public final class GatewayProcess implements AutoCloseable {

    private static final Duration STARTING = Duration.ofSeconds(30);
    private static final Pattern LISTEN = Pattern.compile("LISTEN +http://\\S+:(\\d+)");
    private static final String READY = "READY";

    /// The JVM options of the launcher.
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xms64m",
            "-Xmx256m",
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Process process;
    private final List<String> said = new ArrayList<>();
    private final Thread reader;

    private GatewayProcess(List<String> command) {
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = Thread.ofPlatform().daemon().name("gateway-process-output").start(this::read);
    }

    /// Starts the program and waits for its banner.
    public static GatewayProcess start(String... arguments) {
        return start(List.of(), arguments);
    }

    /// Starts the program with more JVM options, which win over the usual ones, and waits for its banner.
    public static GatewayProcess start(List<String> jvmOptions, String... arguments) {
        GatewayProcess gateway = new GatewayProcess(command(jvmOptions, arguments));
        gateway.await(said -> said.contains(READY));
        return gateway;
    }

    /// Starts the program without waiting for anything, for command lines that print no banner.
    public static GatewayProcess launch(String... arguments) {
        return new GatewayProcess(command(List.of(), arguments));
    }

    /// Runs a command line that ends by itself.
    public static Subprocess.Finished run(String... arguments) {
        return Subprocess.run(STARTING, command(List.of(), arguments));
    }

    private static List<String> command(List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.gatehouse.app.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    /// The port of the banner.
    public int port() {
        Matcher found = LISTEN.matcher(output());
        if (!found.find()) {
            throw new AssertionError("no port in the banner:\n" + output());
        }
        return Integer.parseInt(found.group(1));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// All it has said so far, errors included.
    public String output() {
        synchronized (said) {
            return String.join("\n", said);
        }
    }

    /// Waits until what it has said is as wanted; fails when it ends before, or says nothing of the kind.
    public void await(Predicate<String> wanted) {
        long end = System.nanoTime() + STARTING.toNanos();
        while (!wanted.test(output())) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                joinReader();
                if (wanted.test(output())) {
                    return;
                }
                String state = process.isAlive() ? "still running" : "exit code " + process.exitValue();
                close();
                throw new AssertionError("the gateway did not say what was awaited (" + state + "):\n" + output());
            }
            sleep(5);
        }
    }

    /// SIGTERM. Returns at once.
    public void terminate() {
        // Process.destroy() would also close the pipe its last words come through.
        process.toHandle().destroy();
    }

    /// Waits for the end and returns the exit code.
    public int awaitExit(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + atMost + ":\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        joinReader();
        return process.exitValue();
    }

    /// Memory of the process that is in RAM now, in KiB.
    public long residentKib() {
        return status("VmRSS");
    }

    /// The most of it there ever was, in KiB.
    public long peakResidentKib() {
        return status("VmHWM");
    }

    /// How many file descriptors it has open.
    public int descriptors() {
        try (var all = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
            return (int) all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long status(String key) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
                if (line.startsWith(key + ":")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no " + key + " in /proc/" + pid() + "/status");
    }

    /// Ends the process, whatever it is doing.
    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        joinReader();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (said) {
                    said.add(line);
                }
            }
        } catch (IOException e) {
            // The process was ended while we read.
        }
    }

    private void joinReader() {
        try {
            reader.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
