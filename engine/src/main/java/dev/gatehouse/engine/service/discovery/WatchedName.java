package dev.gatehouse.engine.service.discovery;

import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.NameLookup;
import dev.gatehouse.engine.net.NameLookup.Found;
import dev.gatehouse.engine.service.Service;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One host name of one service, looked up for as long as the service lives. When that fails, the last addresses that
/// were found go on being used. On its loop only.
final class WatchedName {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedName.class);

    private final Loop loop;
    private final NameLookup lookups;
    private final Service service;
    private final String host;
    private final LookupSchedule schedule = new LookupSchedule();
    private final Deadline due;
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private boolean known;
    private boolean stopped;

    WatchedName(Loop loop, NameLookup lookups, Service service, String host) {
        this.loop = loop;
        this.lookups = lookups;
        this.service = service;
        this.host = host;
        this.due = loop.connections().register(this::lookUp);
    }

    /// Done after the first look-up, whatever came of it.
    CompletableFuture<Void> first() {
        return first;
    }

    void lookUp() {
        lookups.lookUp(host).whenComplete((found, failure) -> loop.execute(() -> ended(found, failure)));
    }

    void stop() {
        stopped = true;
        due.close();
        first.complete(null);
    }

    private void ended(@Nullable Found found, @Nullable Throwable failure) {
        if (stopped) {
            return;
        }
        if (found == null) {
            due.at(loop.now() + schedule.failed().toNanos());
            if (schedule.hasJustFailed()) {
                tellFailure(failure);
            }
        } else {
            if (schedule.isFailing()) {
                LOG.info("{} of {} is found again", host, service.key());
            }
            due.at(loop.now() + schedule.found(found.ttl()).toNanos());
            known = true;
            service.resolved(host, found.addresses());
        }
        first.complete(null);
    }

    private void tellFailure(@Nullable Throwable failure) {
        String why = failure == null ? host + ": not found" : failure.getMessage();
        if (known) {
            LOG.warn("{} keeps the addresses it has: {}", service.key(), why);
        } else {
            LOG.warn("{} has no instance yet: {}", service.key(), why);
        }
    }
}
