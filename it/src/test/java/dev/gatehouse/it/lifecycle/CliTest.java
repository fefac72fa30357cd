package dev.gatehouse.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.net.PortOwner;
import dev.gatehouse.it.cli.GatehouseCommandLine;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the command line says and how it ends.
@LeavesNothingBehind
class CliTest {

    private static final int USAGE = 64;
    private static final int ERROR = 1;

    @Test
    void help_and_version_end_with_0() {
        var help = GatehouseCommandLine.of("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: gatehouse").contains("proxy").contains("demo");

        for (String command : List.of(
                "proxy",
                "demo",
                "demo services",
                "demo traffic",
                "demo chaos",
                "status",
                "check",
                "routes",
                "fmt",
                "schema",
                "help",
                "completion",
                "aot",
                "version")) {
            var said = GatehouseCommandLine.of((command + " --help").split(" "));
            assertThat(said.code()).isZero();
            String[] parts = said.out().split("Examples:\n", 2);
            assertThat(parts).as("examples in the help of %s", command).hasSize(2);
            assertThat(parts[1].lines()).hasSize(3).allMatch(line -> line.startsWith("  gatehouse " + command));
        }

        var version = GatehouseCommandLine.of("--version");
        assertThat(version.code()).isZero();
        assertThat(version.out()).startsWith("gatehouse ").contains("Java 25");
    }

    @Test
    void the_process_ends_with_the_code_of_its_command() {
        assertThat(GatewayProcess.run("--version").exitCode()).isZero();

        var wrong = GatewayProcess.run("proxy", "3000", "--takover");
        assertThat(wrong.exitCode()).isEqualTo(USAGE);
        assertThat(wrong.stdout()).isEmpty();
        assertThat(wrong.stderr()).contains("--takover").contains("--takeover");
    }

    @Test
    void wrong_usage_ends_with_64_and_says_what_was_found_and_what_is_possible() {
        refuses("proxi 3000", "'proxi'", "gatehouse proxy");
        refuses("demo extra", "'extra'", "Did you mean");
        refuses("proxy", "[LISTEN] TARGET", "gatehouse proxy --help");
        refuses("proxy 1 2 3", "'3'", "gatehouse proxy --help");
        refuses("proxy 3000 --takover", "'--takover'", "--takeover");
        refuses("proxy 3000 --max-body 10", "'10'", "10MiB");
        refuses("proxy 3000 --max-body 10GB", "'10GB'", "1GiB");
        refuses("proxy 3000 --drain-timeout 5", "'5'", "5s");
        refuses("proxy 3000 --loops x", "--loops", "'x'");
        refuses("proxy 3000 --loops 5000", "5000", "1 to 1024");
        refuses("proxy 3000 --max-connections 0", "connections: 0", "1 to");
        refuses("proxy 3000 --trusted-proxy nonsense", "'nonsense'", "10.0.0.0/8");
        refuses("proxy 3000 --trusted-proxy 10.0.0.0/99", "'10.0.0.0/99'", "32");
        refuses("proxy 3000 --transport bogus", "'bogus'", "io_uring, epoll or nio");
    }

    @Test
    void a_place_or_a_target_that_is_none_is_said_to_be_none() {
        refuses("proxy abc 3000", "'abc'", "8080, or 127.0.0.1:8080");
        refuses("proxy 99999 3000", "99999", "65535");
        refuses("proxy 70000", "70000", "65535");
        refuses("proxy 8080 http://", "'http://'", "not a URL");
        refuses("proxy 8080 ftp://shop", "'ftp://shop'", "begins with http://");
        refuses("proxy 8080 http://shop/menus", "'http://shop/menus'", "host and port only");
        refuses("proxy ,", "instance", "at least one");
        refuses("demo --port x", "'x'", "--port");
        refuses("demo --port 70000", "70000", "65535");
        refuses("demo --first-port 65535", "65535", "65529");
        refuses("demo --log xml", "'xml'", "text or json");
        refuses("demo chaos menu-service --fail 50", "'50'", "50%");
        refuses("demo chaos menu-service --fail 101%", "'101%'", "100%");
        refuses("demo chaos menu-service --for 1h", "3600s", "10m");
        refuses("demo traffic 20", "'20'", "20/s");
    }

    @Test
    void a_gateway_does_not_call_itself() {
        refuses("proxy 8080 8080", "http://localhost:8080", "own port");
        refuses("proxy :8080 http://localhost:8080", "http://localhost:8080", "own port");
        refuses("proxy 127.0.0.1:8080 127.0.0.1:8080", "http://127.0.0.1:8080", "own port");
        refuses("proxy 8080 http://127.0.0.1:3000,http://127.0.0.2:8080", "http://127.0.0.2:8080", "own port");
    }

    @Test
    void what_is_wrong_with_the_machine_is_an_error_and_not_wrong_usage() {
        var unknownHost = GatehouseCommandLine.of("proxy", "0", "http://no-such-host.invalid:80");
        assertThat(unknownHost.code()).isEqualTo(ERROR);
        assertThat(unknownHost.err()).contains("no-such-host.invalid");

        try (FakeService taken = FakeService.start()) {
            var listening = GatehouseCommandLine.of("proxy", "127.0.0.1:" + taken.port(), "3000");
            assertThat(listening.code()).isEqualTo(ERROR);
            assertThat(listening.err()).contains("port " + taken.port() + " is in use by process");
        }

        var foreign = GatehouseCommandLine.of("proxy", "203.0.113.9:" + FakeService.refusing(), "3000");
        assertThat(foreign.code()).isEqualTo(ERROR);
        assertThat(foreign.err()).contains("203.0.113.9");
    }

    @Test
    void a_port_that_is_taken_on_another_address_is_free() {
        try (FakeService service = FakeService.start();
                GatewayProcess gateway =
                        GatewayProcess.start("proxy", "127.0.0.2:" + service.port(), service.url(), "--loops", "1")) {
            assertThat(gateway.port()).isEqualTo(service.port());
        }
    }

    @Test
    void the_banner_says_where_to_where_how_and_which_process() {
        try (FakeService service = FakeService.start();
                GatewayProcess gateway = GatewayProcess.start("proxy", "0", service.url(), "--loops", "1")) {
            assertThat(gateway.output())
                    .contains("LISTEN   http://localhost:" + gateway.port())
                    .contains("TARGET   " + service.url())
                    .containsPattern("LOOPS    1 on (io_uring|epoll|nio)")
                    .contains("pid " + gateway.pid());
            assertThat(RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void quiet_says_nothing_from_start_to_end() {
        int port = FakeService.refusing();
        try (GatewayProcess gateway = GatewayProcess.launch("demo", "--quiet", "--port", Integer.toString(port))) {
            awaitListening(gateway, port);
            assertThat(RawClient.ask(port, "GET /menus/r42 HTTP/1.1\r\nHost: a\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            gateway.terminate();
            assertThat(gateway.awaitExit(Duration.ofSeconds(10))).isZero();
            assertThat(gateway.output()).isEmpty();
        }
    }

    private static void refuses(String line, String found, String expected) {
        var said = GatehouseCommandLine.of(line.split(" "));
        assertThat(said.code()).as("exit code of %s: %s", line, said.err()).isEqualTo(USAGE);
        assertThat(said.err()).as(line).startsWith("error: ").contains(found).containsPattern(expected);
        assertThat(said.out()).as(line).isEmpty();
        assertThat(said.err().lines().count()).as("lines of: %s", said.err()).isLessThanOrEqualTo(2);
    }

    private static void awaitListening(GatewayProcess gateway, int port) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (PortOwner.listeners(new InetSocketAddress(port)) < 1) {
            assertThat(gateway.isAlive() && System.nanoTime() < end)
                    .as(gateway.output())
                    .isTrue();
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
