package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program run to its end by a test, always bounded in time.
public final class Subprocess {

    private Subprocess() {}

    /// What a program said and how it ended.
    public record Finished(int exitCode, String stdout, String stderr) {

        /// Fails with all it said unless the exit code is 0.
        public Finished succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + "\n" + stdout + stderr);
            }
            return this;
        }
    }

    /// Runs the program with an empty standard input. When it takes longer, it is killed with its children and the
    /// test fails with what it said so far.
    public static Finished run(Duration atMost, List<String> command) {
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            CompletableFuture<String> stdout = reading(process.getInputStream());
            CompletableFuture<String> stderr = reading(process.getErrorStream());
            boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                kill(process);
            }
            Finished finished = new Finished(process.waitFor(), stdout.join(), stderr.join());
            if (!ended) {
                throw new AssertionError("still running after " + atMost + ": " + String.join(" ", command) + "\n"
                        + finished.stdout() + finished.stderr());
            }
            return finished;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + String.join(" ", command), e);
        }
    }

    public static Finished run(Duration atMost, String... command) {
        return run(atMost, List.of(command));
    }

    static void kill(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor(5, TimeUnit.SECONDS);
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("subprocess-output").start(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.complete("");
            }
        });
        return text;
    }
}
