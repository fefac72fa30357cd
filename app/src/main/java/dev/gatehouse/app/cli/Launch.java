package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.AdminPages;
import dev.gatehouse.app.admin.AdminServer;
import dev.gatehouse.app.admin.AdminStart;
import dev.gatehouse.app.admin.AdminToken;
import dev.gatehouse.app.admin.AdminTokens;
import dev.gatehouse.app.admin.OperatedGateway;
import dev.gatehouse.app.plugin.PluginFolder;
import dev.gatehouse.app.plugin.Plugins;
import dev.gatehouse.app.reload.LiveConfig;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.AdminConfig;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RuntimeConfig;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.telemetry.recent.RecentRequests;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A gateway that has become what a loaded configuration says, and its admin API: what `run` and `demo` have in
/// common.
///
/// @param admin null when the configuration wants none
record Launch(Gateway gateway, LiveConfig live, @Nullable AdminStart admin) {
    /// Starts both, or nothing.
    ///
    /// @param file where the configuration is looked for again at a reload
    /// @param folder where plug-ins come and go
    /// @param plugins what was found there for `loaded`
    /// @param run what the command line says of the process
    /// @param err is told the admin token that was made, if one was
    /// @throws IOException when a port cannot be had
    static Launch start(
            Path file,
            LoadOptions options,
            PluginFolder folder,
            Plugins plugins,
            Loaded loaded,
            RunOptions run,
            PrintWriter err)
            throws IOException {
        Plan plan = Plan.of(loaded);
        GatewayConfig config = plan.config();
        RuntimeConfig runtime = run.over(config.runtime());
        Gateway gateway = Gateway.start(plan.with(config.withRuntime(runtime)), List.of());
        try {
            LiveConfig live = new LiveConfig(file, options, folder, plugins, loaded, gateway, InstantSource.system());
            return new Launch(gateway, live, admin(config, live, runtime.takeover(), err));
        } catch (IOException | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private static @Nullable AdminStart admin(GatewayConfig all, LiveConfig live, boolean takeover, PrintWriter err)
            throws IOException {
        AdminConfig config = all.admin();
        if (!config.enabled()) {
            return null;
        }
        InetSocketAddress bind = new InetSocketAddress(config.bind(), config.port());
        AdminTokens tokens = AdminTokens.of(
                token(config, bind, err),
                () -> live.gateway().snapshot().config().admin().tokens(),
                InstantSource.system());
        RecentRequests recent = new RecentRequests(live.gateway().loops());
        live.gateway().watch(recent);
        OperatedGateway operated = new OperatedGateway(live, recent, Version.number(), InstantSource.system());
        AdminPages pages =
                new AdminPages(config.health(), all.telemetry().metrics().page());
        return AdminStart.start(bind, tokens, operated, pages, takeover);
    }

    private static @Nullable AdminToken token(AdminConfig config, InetSocketAddress bind, PrintWriter err) {
        String written = config.token();
        if (written != null) {
            return AdminToken.of(written);
        }
        if (!AdminServer.needsToken(bind) || !config.tokens().isEmpty()) {
            return null;
        }
        AdminToken made = AdminToken.random(new SecureRandom());
        err.println("admin token, made for this start: " + made.reveal());
        err.flush();
        return made;
    }

    GatewayConfig config() {
        return gateway.snapshot().config();
    }

    /// Where operators come in, for the banner.
    Banner.@Nullable Admin adminPlace() {
        if (admin == null) {
            return null;
        }
        InetSocketAddress at = admin.address();
        return new Banner.Admin(
                RunOptions.url(at), AdminServer.needsToken(at) ? "needs the admin token" : "loopback only");
    }

    /// What ends with the gateway, after it.
    List<AutoCloseable> beside() {
        return admin == null ? List.of() : List.of(admin);
    }
}
