package dev.gatehouse.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.admin.AdminServer;
import dev.gatehouse.app.admin.AdminToken;
import dev.gatehouse.app.admin.view.Phase;
import dev.gatehouse.app.cli.GatehouseCommand;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `gatehouse status`, asking a scripted gateway.
@LeavesNothingBehind
class StatusCommandTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private final FakeGateway gateway = new FakeGateway();

    @Test
    void shows_a_gateway_on_one_screen_and_ends_with_0() throws IOException {
        gateway.drain("menu-service", "[fd00::1]:8080", Duration.ofMinutes(10));
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            Said said = status("--admin", Integer.toString(admin.address().getPort()));
            assertThat(said.err).isEmpty();
            assertThat(said.out).isEqualTo("""
                  gatehouse 1.0.0  ·  shop  ·  r18  ·  up 1 h 2 min  ·  ready

                  LISTEN   http://0.0.0.0:8080
                  CONFIG   r18 of gateway.yaml, loaded 2026-11-22T12:00:00Z  ·  17 reloads applied, 0 rejected

                  CERTIFICATE              LISTENER  KEY    DAYS LEFT  UNTIL
                  shop.example and 1 more  public    ecdsa         39  2027-01-01T00:00:00Z

                  SERVICE       INSTANCE        STATE    IN FLIGHT  REQUESTS  FAILURES  LAST CHECK
                  menu-service  10.0.3.11:8080  up              14    12,301         2  200 in 4 ms
                                [fd00::1]:8080  drained         14    12,301         2  drained by hand
                                dr:80           backup          14    12,301         2  200 in 4 ms

                  CHANGED  [fd00::1]:8080 of menu-service: drained until 2026-11-22T12:10:00Z
                """);
            assertThat(said.code).isZero();
        }
    }

    @Test
    void ends_with_2_when_the_gateway_drains_or_runs_something_older_than_its_files() throws IOException {
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            String url = "http://localhost:" + admin.address().getPort() + "/";
            gateway.phase = Phase.DRAINING;
            Said draining = status("--admin", url);
            assertThat(draining.out).contains("draining");
            assertThat(draining.code).isEqualTo(2);

            gateway.phase = Phase.READY;
            gateway.stale = true;
            Said stale = status("--admin", url);
            assertThat(stale.out)
                    .contains("r18 (stale)")
                    .contains("error[GH1001] gateway.yaml:42:5  unknown key 'load_balncer' in service 'menu-service'");
            assertThat(stale.code).isEqualTo(2);
        }
    }

    @Test
    void json_is_for_scripts() throws IOException {
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            Said said =
                    status("--json", "--admin", "127.0.0.1:" + admin.address().getPort());
            JsonNode status = new JsonMapper().readTree(said.out);
            assertThat(status.propertyNames())
                    .containsExactly("health", "config", "certificates", "services", "overrides", "obtained");
            assertThat(status.at("/health/ready").asBoolean()).isTrue();
            assertThat(status.at("/services/0/instances/0/in_flight").asInt()).isEqualTo(14);
            assertThat(said.code).isZero();
        }
    }

    @Test
    void a_token_is_sent_and_asked_for() throws IOException {
        AdminToken token = AdminToken.random(new SecureRandom());
        try (AdminServer admin = AdminServer.start(new InetSocketAddress("0.0.0.0", 0), token, gateway)) {
            String place = Integer.toString(admin.address().getPort());
            assertThat(status("--admin", place, "--token", token.reveal()).code).isZero();

            Said missing = status("--admin", place);
            assertThat(missing.code).isEqualTo(1);
            assertThat(missing.err).contains("wants the admin token: --token gha_…, or GATEHOUSE_TOKEN");

            Said wrong = status("--admin", place, "--token", "gha_" + "A".repeat(43));
            assertThat(wrong.code).isEqualTo(1);
            assertThat(wrong.err).contains("not the admin token of the gateway at http://127.0.0.1:" + place);
        }
    }

    @Test
    void who_cannot_be_asked_is_named_with_what_to_try() {
        int nobody = FakeService.refusing();
        Said refused = status("--admin", Integer.toString(nobody));
        assertThat(refused.code).isEqualTo(69);
        assertThat(refused.out).isEmpty();
        assertThat(refused.err)
                .startsWith("error: no gateway answers at http://127.0.0.1:" + nobody + ". Is it running");

        try (FakeService website = FakeService.handling(request -> Answer.of(404, "no"))) {
            Said other = status("--admin", website.url());
            assertThat(other.code).isEqualTo(1);
            assertThat(other.err)
                    .contains("does not look like the admin API of a gateway: /api/v1/config/status answers 404");
        }
    }

    @Test
    void a_place_that_is_none_is_wrong_usage() {
        for (String place : new String[] {"ftp://x", "http://", "a b", "http://x:9000/?q", "http://user@x"}) {
            Said said = status("--admin", place);
            assertThat(said.code).as(place).isEqualTo(64);
            assertThat(said.err).contains("'" + place + "'").contains("http://host:9000");
        }
    }

    private record Said(int code, String out, String err) {}

    private static Said status(String... options) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream saidOut = new ByteArrayOutputStream();
        ByteArrayOutputStream saidErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(saidOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(saidErr, true, StandardCharsets.UTF_8));
        try {
            String[] line = new String[options.length + 1];
            line[0] = "status";
            System.arraycopy(options, 0, line, 1, options.length);
            int code = GatehouseCommand.run(line);
            return new Said(code, saidOut.toString(StandardCharsets.UTF_8), saidErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
