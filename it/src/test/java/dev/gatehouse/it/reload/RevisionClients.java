package dev.gatehouse.it.reload;

import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntUnaryOperator;

/// Clients that ask all the time, every other one on a connection of its own for each ten requests, while the gateway
/// is told another revision again and again. Every answer must be wholly of one revision, and of one that was current
/// while the client waited.
final class RevisionClients implements AutoCloseable {
    private static final int SHORT_LIFE = 10;

    private final int port;
    private final IntUnaryOperator serviceOf;
    private final LongAdder answers = new LongAdder();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile int begun;
    private volatile int done;
    private volatile boolean stopped;

    /// @param serviceOf which service a revision sends its requests to
    RevisionClients(int port, int count, int revision, IntUnaryOperator serviceOf) {
        this.port = port;
        this.serviceOf = serviceOf;
        this.begun = revision;
        this.done = revision;
        for (int i = 0; i < count; i++) {
            int number = i;
            clients.add(Thread.ofVirtual().name("client-" + i).start(() -> run(number)));
        }
    }

    /// From now on answers may be of this revision.
    void begins(int revision) {
        begun = revision;
    }

    /// Requests sent from now on must be answered by this revision or a later one.
    void done(int revision) {
        done = revision;
    }

    /// A revision that was begun is not going to be: nobody may see it.
    void rejected() {
        begun = done;
    }

    long answers() {
        return answers.sum();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private void run(int number) {
        boolean proxied = number % 3 != 0;
        int life = number % 2 == 0 ? Integer.MAX_VALUE : SHORT_LIFE;
        while (!stopped) {
            try (RawClient client = RawClient.connect(port)) {
                for (int asked = 0; asked < life && !stopped; asked++) {
                    ask(client, proxied);
                }
            } catch (RuntimeException | AssertionError e) {
                failures.add(e.toString());
                return;
            }
        }
    }

    private void ask(RawClient client, boolean proxied) {
        int from = done;
        client.send("GET /" + (proxied ? "proxied/x" : "fixed") + " HTTP/1.1\r\nHost: a\r\n\r\n");
        RawAnswer answer = client.readAnswer();
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        int revision = proxied ? revisionOfProxied(answer) : revisionOfFixed(answer);
        int to = begun;
        if (revision < from || revision > to) {
            throw new AssertionError("revision " + revision + " although " + from + " to " + to + " were current");
        }
        answers.increment();
    }

    private static int revisionOfFixed(RawAnswer answer) {
        int revision = Integer.parseInt(answer.text());
        if (!answer.headers("X-Revision").equals(List.of(answer.text()))) {
            throw new AssertionError("mixed: " + answer);
        }
        return revision;
    }

    /// `s3 /r17/x?revision=17`: who answered, and what that service was asked for.
    private int revisionOfProxied(RawAnswer answer) {
        String text = answer.text();
        int revision = Integer.parseInt(text.substring(text.indexOf('=') + 1));
        if (!text.equals("s" + serviceOf.applyAsInt(revision) + " /r" + revision + "/x?revision=" + revision)) {
            throw new AssertionError("mixed: " + answer);
        }
        return revision;
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
