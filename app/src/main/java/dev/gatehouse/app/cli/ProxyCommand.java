package dev.gatehouse.app.cli;

import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.ServiceAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse proxy`: a gateway in front of one service, without a file.
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        description = "Forward everything to one service; no file needed.",
        footer = {
            "",
            "Examples:",
            "  gatehouse proxy 3000                                  listen on 8080, forward to localhost:3000",
            "  gatehouse proxy 8080 https://orders.internal          TLS, and HTTP/2 where the service offers it",
            "  gatehouse proxy :8080 http://10.0.0.1:80,http://10.0.0.2:80 --trusted-proxy 10.0.0.0/8",
        })
final class ProxyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0..1",
            arity = "1..2",
            paramLabel = "[LISTEN] TARGET",
            hideParamSyntax = true,
            description = {
                "LISTEN: a port, or address:port (default 8080).",
                "TARGET: a port on this machine, http://host:port or https://host:port; several addresses of the same service with commas.",
            })
    private List<String> places = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "The service",
            description = "What clients are told the service is called (default: ${DEFAULT-VALUE}).")
    private String name = "The service";

    @Option(
            names = "--upgrade",
            paramLabel = "PROTOCOL",
            split = ",",
            description = "Protocols clients may upgrade a connection to, such as websocket (default: none).")
    private List<String> upgrades = List.of();

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Mixin
    private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        StartTimes times = StartTimes.begin();
        ListenerConfig listener = listen.listener(places.size() == 2 ? places.getFirst() : "8080");
        List<ServiceAddress> addresses = addresses(places.getLast());
        for (ServiceAddress address : addresses) {
            // A gateway that runs from a file waits for names to appear; a name typed here is more likely a typo.
            InetAddress.getAllByName(address.host());
            if (isOurselves(address, listener)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "the target " + address + " is the gateway's own port: it would call itself");
            }
        }
        GatewayConfig config =
                GatewayConfig.proxy(listener, service.service(name, addresses), lowerCase(upgrades), run.runtime());
        times.done("config");
        Gateway gateway = Gateway.start(config, List.of());
        run.endWith(gateway, List.of(), List.of());
        times.done("listeners");
        run.say(banner(gateway, target(addresses), times));
        run.showRequests(gateway);
        return GatehouseCommand.RUNNING;
    }

    private static Banner banner(Gateway gateway, String target, StartTimes times) {
        return new Banner(
                Version.number(),
                Version.java(),
                ProcessHandle.current().pid(),
                null,
                RunOptions.listeners(gateway),
                null,
                List.of(),
                "",
                List.of(new Banner.Section("TARGET", List.of(target)), RunOptions.loops(gateway)),
                times,
                List.of());
    }

    private static List<String> lowerCase(List<String> words) {
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    private static List<ServiceAddress> addresses(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .map(one -> one.chars().allMatch(Character::isDigit) ? "http://localhost:" + one : one)
                .map(ServiceAddress::of)
                .toList();
    }

    private static String target(List<ServiceAddress> addresses) {
        return String.join(
                ", ", addresses.stream().map(ServiceAddress::toString).toList());
    }

    private static boolean isOurselves(ServiceAddress address, ListenerConfig listener) throws Exception {
        if (address.port() != listener.port()) {
            return false;
        }
        InetAddress bound = new InetSocketAddress(listener.bind(), listener.port()).getAddress();
        for (InetAddress target : InetAddress.getAllByName(address.host())) {
            boolean here = target.isLoopbackAddress() || NetworkInterface.getByInetAddress(target) != null;
            if (target.equals(bound) || (bound.isAnyLocalAddress() && here)) {
                return true;
            }
        }
        return false;
    }
}
