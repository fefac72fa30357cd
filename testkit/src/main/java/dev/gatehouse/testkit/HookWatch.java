package dev.gatehouse.testkit;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Everywhere;
import dev.gatehouse.api.policy.FileContext;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Staged;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Stands between the engine and the policies of a [PolicyHarness] and keeps count: hooks called, policies made and
/// closed,
/// and hooks that did what a hook must not. Safe for threads.
final class HookWatch {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    /// `onRequest waited for something`, `onEnd threw java.lang.…`.
    final Queue<String> misdeeds = new ConcurrentLinkedQueue<>();

    /// The same slot and settings, with policies that are watched.
    <C extends Record> PolicyFactory<C> over(PolicyFactory<C> factory) {
        return new PolicyFactory<>() {
            @Override
            public String name() {
                return factory.name();
            }

            @Override
            public Class<C> configType() {
                return factory.configType();
            }

            @Override
            public List<Staged> create(C config, PolicyContext context) {
                return watched(factory.create(config, context));
            }

            @Override
            public @Nullable Everywhere everywhere(FileContext file) {
                Everywhere all = factory.everywhere(file);
                return all == null ? null : route -> watched(all.on(route));
            }

            @Override
            public @Nullable String namesIn() {
                return factory.namesIn();
            }
        };
    }

    private List<Staged> watched(List<Staged> all) {
        return all.stream()
                .map(staged -> new Staged(staged.stage(), new Watched(staged.policy())))
                .toList();
    }

    private final class Watched implements Policy {
        private final Policy policy;

        private Watched(Policy policy) {
            this.policy = policy;
            made.incrementAndGet();
        }

        @Override
        public Decision onRequest(Exchange exchange) {
            asked.incrementAndGet();
            return judged("onRequest", () -> policy.onRequest(exchange));
        }

        @Override
        public Decision onResponse(Exchange exchange, Response response) {
            return judged("onResponse", () -> policy.onResponse(exchange, response));
        }

        @Override
        public void onEnd(Exchange exchange, Outcome outcome) {
            ended.incrementAndGet();
            judged("onEnd", () -> {
                policy.onEnd(exchange, outcome);
                return Decision.CONTINUE;
            });
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            policy.close();
        }

        @Override
        public String toString() {
            return policy.toString();
        }
    }

    /// Whoever sleeps, joins, parks or waits for a future is counted by the JVM as having waited.
    private Decision judged(String hook, Supplier<Decision> call) {
        long before = waits();
        try {
            Decision said = call.get();
            if (said == null) {
                misdeeds.add(hook + " returned null");
            }
            return said;
        } catch (RuntimeException | LinkageError e) {
            misdeeds.add(hook + " threw " + e);
            throw e;
        } finally {
            if (waits() > before) {
                misdeeds.add(hook + " waited for something, and with it all exchanges of its loop");
            }
        }
    }

    /// How often this thread has waited; always 0 for a virtual one.
    private static long waits() {
        ThreadInfo thread = THREADS.getThreadInfo(Thread.currentThread().threadId());
        return thread == null ? 0 : thread.getWaitedCount();
    }
}
