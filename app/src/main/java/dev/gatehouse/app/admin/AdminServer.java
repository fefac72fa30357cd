package dev.gatehouse.app.admin;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.engine.net.PortOwner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The server of the admin API. It runs from [#start] to [#close], one virtual thread per request, and is best
/// closed last: while the gateway drains, its health says so here.
public final class AdminServer implements AutoCloseable {
    /// A request has this long to arrive, so that slow senders do not pile up.
    private static final String REQUEST_SECONDS = "10";

    static {
        // The JDK's server has no other way to be told. Read once, when its first instance is made.
        if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
            System.setProperty("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private AdminServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /// Whether an admin API bound there must have a token: other machines can reach it.
    public static boolean needsToken(InetSocketAddress bind) {
        return Admission.needsToken(bind);
    }

    /// @param bind resolved; port 0 takes a free one, see [#address]
    /// @param token null only where [#needsToken] says so
    /// @throws IOException when the port is taken, saying by whom
    /// @throws IllegalArgumentException when a token is missing
    public static AdminServer start(InetSocketAddress bind, @Nullable AdminToken token, RunningGateway gateway)
            throws IOException {
        return start(bind, AdminTokens.of(token), gateway, AdminPages.ALL);
    }

    /// @param tokens whom it knows; none only where [#needsToken] says so
    /// @param pages what it answers beside the API
    public static AdminServer start(
            InetSocketAddress bind, AdminTokens tokens, RunningGateway gateway, AdminPages pages) throws IOException {
        if (needsToken(bind) && tokens.areNone()) {
            throw new IllegalArgumentException("admin: bound to "
                    + bind.getAddress().getHostAddress() + ", which other machines can reach (expected: a token)");
        }
        // The JDK's server never closes a socket that it could not bind, so an ordinary one tries first.
        try (ServerSocket free = new ServerSocket()) {
            free.bind(bind);
        } catch (IOException e) {
            throw PortOwner.named(bind, e);
        }
        HttpServer server = HttpServer.create(bind, 0);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("gatehouse-admin-", 0).factory());
        server.setExecutor(threads);
        Admission admission = new Admission(server.getAddress(), tokens);
        AdminExchanges exchanges = new AdminExchanges(new Router(resources(gateway, pages)), admission);
        server.createContext("/", exchanges::answer);
        server.start();
        return new AdminServer(server, threads);
    }

    /// In the order in which they are tried.
    private static List<Resource> resources(RunningGateway gateway, AdminPages pages) {
        List<Resource> all = new ArrayList<>();
        if (pages.health()) {
            all.addAll(List.of(new LiveResource(), new ReadyResource(gateway), new HealthResource(gateway)));
        }
        String metrics = pages.metrics();
        if (metrics != null) {
            all.add(new MetricsResource(metrics, gateway));
        }
        all.addAll(List.of(
                new ConfigStatusResource(gateway),
                new ConfigResource(gateway),
                new RoutesResource(gateway),
                new RouteResource(gateway),
                new ServicesResource(gateway),
                new ServiceResource(gateway),
                new InstanceResource(gateway),
                new OverridesResource(gateway),
                new CertificatesResource(gateway),
                new ConsumersResource(gateway),
                new ConsumerResource(gateway),
                new ConsumerKeysResource(gateway),
                new PlansResource(gateway),
                new PlanResource(gateway),
                new KeysResource(gateway),
                new KeyVerifyResource(gateway),
                new KeyResource(gateway),
                new KeyRollResource(gateway),
                new RevocationsResource(gateway),
                new RevocationResource(gateway),
                new ExplainResource(gateway),
                new RequestsResource(gateway),
                new RequestResource(gateway),
                new TracesResource(gateway)));
        all.add(new OpenApiResource(List.copyOf(all)));
        return all;
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /// At once: who is being answered is cut off.
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
