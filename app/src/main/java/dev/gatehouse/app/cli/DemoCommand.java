package dev.gatehouse.app.cli;

import dev.gatehouse.app.demo.MenuService;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.ServiceAddress;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse demo`: a gateway with a service of its own behind it, and what to try with it.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Start a gateway in front of a built-in service, to try things out.",
        footer = {
            "",
            "Examples:",
            "  gatehouse demo                    listen on 8080",
            "  gatehouse demo --port 9090        listen elsewhere",
            "  gatehouse demo --loops 1 -q       one event loop, no banner",
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where to listen (default: ${DEFAULT-VALUE}).")
    private String port = "8080";

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Mixin
    private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        MenuService menus = MenuService.start();
        try {
            ServiceConfig service = new ServiceConfig(
                    "menu-service",
                    List.of(new ServiceAddress("127.0.0.1", menus.port())),
                    TimeoutConfig.DEFAULT,
                    ServiceConnectionsConfig.DEFAULT);
            GatewayConfig config =
                    GatewayConfig.proxy(listen.listener("127.0.0.1:" + port), service, List.of(), run.runtime());
            Gateway gateway = run.start(config, "menu-service, inside this process", List.of(menus));
            printTry(gateway.address().getPort());
        } catch (Exception e) {
            menus.close();
            throw e;
        }
        return GatehouseCommand.RUNNING;
    }

    private void printTry(int at) {
        if (run.isQuiet()) {
            return;
        }
        spec.commandLine().getOut().printf("""

                          TRY      curl localhost:%1$d/menus/r42                    # a menu
                                   curl -i 'localhost:%1$d/echo?a=1'                # what the service is sent
                                   curl -i localhost:%1$d/slow/400ms                # a slow answer
                                   curl -i localhost:%1$d/broken                    # a service that breaks off
                                   curl -i --path-as-is localhost:%1$d/a/../menus/r42   # one normal form of the path
                        %n""", at);
        spec.commandLine().getOut().flush();
    }
}
