package dev.gatehouse.it.store;

import dev.gatehouse.app.admin.AdminServer;
import dev.gatehouse.app.admin.OperatedGateway;
import dev.gatehouse.app.reload.LiveConfig;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.telemetry.recent.RecentRequests;
import dev.gatehouse.it.cli.GatehouseCommandLine;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A gateway with its admin API, of which several share a store.
record AdminedGateway(Gateway gateway, AdminServer admin) implements AutoCloseable {
    /// @param file is written anew
    static AdminedGateway start(Path file, String yaml) throws IOException {
        Files.writeString(file, yaml);
        LoadOptions options = LoadOptions.standard();
        Loaded loaded = ConfigLoader.load(file, file.getFileName().toString(), options);
        Gateway gateway = Gateway.start(Plan.of(loaded), List.of());
        LiveConfig live = new LiveConfig(file, options, loaded, gateway, InstantSource.system());
        OperatedGateway operated =
                new OperatedGateway(live, new RecentRequests(gateway.loops()), "1.0.0", InstantSource.system());
        return new AdminedGateway(gateway, AdminServer.start(new InetSocketAddress("127.0.0.1", 0), null, operated));
    }

    /// `gatehouse keys …` of this gateway.
    GatehouseCommandLine keys(String... arguments) {
        List<String> line = new ArrayList<>(List.of("keys"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--server", "http://127.0.0.1:" + admin.address().getPort()));
        return GatehouseCommandLine.of(line.toArray(String[]::new));
    }

    /// The key that such a command prints.
    String key(String... arguments) {
        GatehouseCommandLine said = keys(arguments);
        if (said.code() != 0) {
            throw new AssertionError(said);
        }
        return said.out().strip();
    }

    /// One call of the admin API without a body.
    RawAnswer admin(String method, String path) {
        int port = admin.address().getPort();
        return RawClient.ask(
                port, method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n\r\n");
    }

    /// One request with this key.
    RawAnswer ask(String key) {
        return RawClient.ask(
                gateway.addresses().get("public").getPort(),
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-API-Key: " + key + "\r\n\r\n");
    }

    int status(String key) {
        return ask(key).status();
    }

    @Override
    public void close() {
        admin.close();
        gateway.close();
    }
}
