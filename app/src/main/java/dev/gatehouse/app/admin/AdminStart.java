package dev.gatehouse.app.admin;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin server of one run. While a gateway takes over from another, the other's admin server still has the port:
/// then this one starts when the port is free.
public final class AdminStart implements AutoCloseable {
    private static final long RETRY_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(AdminStart.class);

    private final InetSocketAddress bind;
    private final AdminTokens tokens;
    private final RunningGateway gateway;
    private final AdminPages pages;
    private @Nullable AdminServer server;
    private boolean closed;

    private AdminStart(InetSocketAddress bind, AdminTokens tokens, RunningGateway gateway, AdminPages pages) {
        this.bind = bind;
        this.tokens = tokens;
        this.gateway = gateway;
        this.pages = pages;
    }

    /// @param pages what it answers beside the API
    /// @param takeover whether the port may be another gateway's for a while
    /// @throws IOException when the port cannot be had
    public static AdminStart start(
            InetSocketAddress bind, AdminTokens tokens, RunningGateway gateway, AdminPages pages, boolean takeover)
            throws IOException {
        AdminStart start = new AdminStart(bind, tokens, gateway, pages);
        try {
            start.server = AdminServer.start(bind, tokens, gateway, pages);
        } catch (IOException e) {
            if (!takeover) {
                throw e;
            }
            LOG.info("the admin API starts when port {} is free", bind.getPort());
            Thread.ofVirtual().name("gatehouse-admin-start").start(start::retry);
        }
        return start;
    }

    private void retry() {
        try {
            while (!attempt()) {
                Thread.sleep(RETRY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean attempt() {
        if (closed) {
            return true;
        }
        try {
            server = AdminServer.start(bind, tokens, gateway, pages);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Where it listens, or will.
    public synchronized InetSocketAddress address() {
        return server == null ? bind : server.address();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (server != null) {
            server.close();
        }
    }
}
