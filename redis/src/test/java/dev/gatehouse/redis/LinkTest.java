package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LinkTest {
    private static final long PATIENCE = 1_000_000_000;
    private static final String WELL = "well";

    private long now = 1;
    private final List<Runnable> scheduled = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<CompletableFuture<String>> probes = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Link link = new Link(
            this::connect,
            _ -> {
                CompletableFuture<String> probe = new CompletableFuture<>();
                probes.add(probe);
                return probe;
            },
            timer(),
            () -> now,
            PATIENCE,
            new Random(1),
            reason -> told.add(reason == null ? WELL : reason));

    /// One try to connect.
    private record Attempt(CompletableFuture<Connector.Connection> made, Runnable lost) {}

    private CompletionStage<Connector.Connection> connect(Runnable lost) {
        Attempt attempt = new Attempt(new CompletableFuture<>(), lost);
        attempts.add(attempt);
        return attempt.made;
    }

    /// Keeps what is to be run later.
    private ScheduledExecutorService timer() {
        return fake(ScheduledExecutorService.class, arguments -> scheduled.add((Runnable) arguments[0]));
    }

    private static <T> T fake(Class<T> type, Consumer<Object[]> called) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, _, arguments) -> {
            called.accept(arguments);
            return null;
        }));
    }

    private void runScheduled() {
        List<Runnable> due = List.copyOf(scheduled);
        scheduled.clear();
        due.forEach(Runnable::run);
    }

    private Connection connected() {
        Connection connection = new Connection();
        attempts.getLast().made.complete(connection);
        return connection;
    }

    private static final class Connection implements Connector.Connection {
        private boolean closed;

        @Override
        @SuppressWarnings("unchecked") // nobody calls it
        public RedisClusterAsyncCommands<String, byte[]> commands() {
            return fake(RedisClusterAsyncCommands.class, _ -> {});
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void lets_nobody_on_before_it_is_connected() {
        assertThat(link.commands()).isNull();
        link.start();
        assertThat(link.opening()).isNotDone();
        assertThat(link.commands()).isNull();
        connected();
        assertThat(link.commands()).isNotNull();
        assertThat(link.opening()).isNull();
    }

    @Test
    void tries_again_after_each_failure_and_lets_the_first_waiters_go() {
        link.start();
        CompletableFuture<Void> opening = link.opening();
        attempts.getLast().made.completeExceptionally(new ConnectException("no"));
        assertThat(opening).isCompleted();
        assertThat(told).containsExactly("no connection: connection refused");
        runScheduled();
        connected();
        assertThat(link.commands()).isNotNull();
        assertThat(told).endsWith(WELL);
    }

    @Test
    void connects_again_when_the_connection_is_lost() {
        link.start();
        connected();
        attempts.getLast().lost.run();
        assertThat(link.commands()).isNull();
        runScheduled();
        connected();
        assertThat(attempts).hasSize(2);
        assertThat(link.commands()).isNotNull();
    }

    @Test
    void an_old_connection_that_ends_disturbs_no_new_one() {
        link.start();
        connected();
        Attempt first = attempts.getLast();
        first.lost.run();
        runScheduled();
        connected();
        first.lost.run();
        assertThat(link.commands()).isNotNull();
    }

    @Test
    void lets_nobody_on_while_it_is_silent_and_everybody_after_any_answer() {
        link.start();
        connected();
        now += 10;
        link.missed(now - 5);
        assertThat(link.commands()).isNull();
        link.answered();
        assertThat(link.commands()).isNotNull();
        assertThat(told).containsOnly(WELL);
    }

    @Test
    void silence_is_told_when_it_lasts() {
        link.start();
        connected();
        now += 10;
        link.missed(now - 5);
        runScheduled();
        link.answered();
        assertThat(told).containsExactly(WELL, "no answer in time", WELL);
    }

    @Test
    void gives_a_connection_up_that_is_silent_for_too_long() {
        link.start();
        Connection connection = connected();
        now += 10;
        link.missed(now - 5);
        runScheduled();
        assertThat(probes).hasSize(1);
        now += PATIENCE + 1;
        runScheduled();
        assertThat(connection.closed).isTrue();
        runScheduled();
        assertThat(attempts).hasSize(2);
    }

    @Test
    void who_may_not_write_is_asked_again_on_a_new_connection_until_it_may() {
        link.start();
        Connection replica = connected();
        link.refused("READONLY");
        assertThat(link.commands()).isNull();
        assertThat(replica.closed).isTrue();
        runScheduled();
        connected();
        assertThat(link.commands()).isNull();
        runScheduled();
        probes.getLast().completeExceptionally(new RedisCommandExecutionException("READONLY You can't"));
        runScheduled();
        connected();
        runScheduled();
        probes.getLast().complete("written");
        assertThat(link.commands()).isNotNull();
        assertThat(told).endsWith(WELL);
    }

    @Test
    void tries_nothing_more_once_it_is_closed() {
        link.start();
        link.close();
        Connection late = connected();
        assertThat(late.closed).isTrue();
        assertThat(link.commands()).isNull();
        assertThat(scheduled).isEmpty();
    }
}
