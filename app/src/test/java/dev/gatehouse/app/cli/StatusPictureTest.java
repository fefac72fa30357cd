package dev.gatehouse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.admin.view.ConfigMistake;
import dev.gatehouse.app.admin.view.ConfigStatus;
import dev.gatehouse.app.admin.view.Health;
import dev.gatehouse.app.admin.view.InstanceState;
import dev.gatehouse.app.admin.view.InstanceStatus;
import dev.gatehouse.app.admin.view.ObtainedCertificate;
import dev.gatehouse.app.admin.view.Phase;
import dev.gatehouse.app.admin.view.RuntimeOverride;
import dev.gatehouse.app.admin.view.ServiceStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusPictureTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:04:31.123Z");

    @Test
    void a_gateway_that_is_well_fits_on_one_screen() {
        Health health = new Health(
                Phase.READY, "1.0.0", "r18", 273_600, new Health.ServiceCount(2, 0), List.of("http://0.0.0.0:8080"));
        ServiceStatus orders = new ServiceStatus(
                "order-service",
                "round_robin",
                "gateway.yaml:41:3",
                new ServiceStatus.Connections(20, 0),
                List.of(
                        instance("10.0.3.11:8080", InstanceState.UP, false, null, 14, 12_301),
                        instance("10.0.3.12:8080", InstanceState.EJECTED, false, "5×503, back in 12 s", 0, 904),
                        instance("dr.internal:8080", InstanceState.UP, true, null, 0, 0)));
        ServiceStatus empty =
                new ServiceStatus("stock-service", "random_two", null, new ServiceStatus.Connections(0, 0), List.of());

        assertThat(picture(health, running(null, false), List.of(orders, empty), List.of()))
                .isEqualTo("""
                  gatehouse 1.0.0  ·  shop  ·  r18  ·  up 3 d 4 h  ·  ready

                  LISTEN   http://0.0.0.0:8080
                  CONFIG   r18 of gateway.yaml, loaded 2026-11-22T12:04:31Z  ·  17 reloads applied, 1 rejected

                  SERVICE        INSTANCE          STATE    IN FLIGHT  REQUESTS  FAILURES  LAST CHECK
                  order-service  10.0.3.11:8080    up              14    12,301         2  200 in 4 ms
                                 10.0.3.12:8080    ejected          0       904         2  5×503, back in 12 s
                                 dr.internal:8080  backup           0         0         2  200 in 4 ms
                  stock-service  no instance
                """);
    }

    @Test
    void a_rejected_reload_is_shown_with_its_first_mistakes() {
        ConfigMistake mistake = new ConfigMistake(
                "GH1001", "error", "gateway.yaml", 42, 5, 17, "services", "unknown key 'load_balncer'", null, "");
        ConfigStatus.Rejection rejection = new ConfigStatus.Rejection(NOON, Collections.nCopies(5, mistake));

        assertThat(picture(starting(), running(rejection, true), List.of(), List.of()))
                .isEqualTo("""
                  gatehouse 1.0.0  ·  shop  ·  r18 (stale)  ·  up 7 s  ·  starting

                  CONFIG   r18 of gateway.yaml, loaded 2026-11-22T12:04:31Z  ·  17 reloads applied, 1 rejected
                  REJECTED 2026-11-22T12:04:31Z: what runs is not what the files say
                           error[GH1001] gateway.yaml:42:5  unknown key 'load_balncer'
                           error[GH1001] gateway.yaml:42:5  unknown key 'load_balncer'
                           error[GH1001] gateway.yaml:42:5  unknown key 'load_balncer'
                           and 2 more; 'gatehouse check' shows them all
                """);
        assertThat(picture(starting(), running(rejection, false), List.of(), List.of()))
                .contains("mended since");
    }

    @Test
    void what_a_person_changed_is_shown_with_its_end() {
        List<RuntimeOverride> changed = List.of(
                new RuntimeOverride("order-service", "a:1", InstanceState.DRAINED, NOON, NOON.plusSeconds(600)),
                new RuntimeOverride("order-service", "b:1", InstanceState.DRAINED, NOON, null));
        assertThat(picture(starting(), running(null, false), List.of(), changed))
                .endsWith("""
                  CHANGED  a:1 of order-service: drained until 2026-11-22T12:14:31Z
                           b:1 of order-service: drained until it is made active again
                """);
    }

    @Test
    void certificates_the_gateway_gets_are_shown_with_what_went_wrong() {
        Instant spring = Instant.parse("2027-02-20T14:36:33Z");
        List<ObtainedCertificate> certificates = List.of(
                obtained("shop.example", ObtainedCertificate.State.VALID, spring, null, NOON.plusSeconds(1)),
                obtained("new.example", ObtainedCertificate.State.ORDERING, null, null, null),
                obtained("api.example", ObtainedCertificate.State.FAILING, null, "it cannot be reached", NOON));
        assertThat(StatusPicture.of(new StatusCommand.Status(
                        starting(), running(null, false), List.of(), List.of(), List.of(), certificates)))
                .endsWith("""
                  ACME     shop.example: valid until 2027-02-20T14:36:33Z, ordered next 2026-11-22T12:04:32Z
                           new.example: no certificate, being ordered
                           api.example: no certificate, ordered next 2026-11-22T12:04:31Z
                             it cannot be reached
                """);
    }

    private static ObtainedCertificate obtained(
            String host, ObtainedCertificate.State state, Instant notAfter, String problem, Instant next) {
        return new ObtainedCertificate(
                List.of(host), "https://issuer.example/directory", state, notAfter, NOON, problem, next);
    }

    @Test
    void what_a_gateway_says_does_not_move_the_cursor() {
        ServiceStatus sly = new ServiceStatus(
                "a\u001b[2Jb\nc", "round_robin", null, new ServiceStatus.Connections(0, 0), List.of());
        assertThat(picture(starting(), running(null, false), List.of(sly), List.of()))
                .contains("a [2Jb c")
                .doesNotContain("\u001b");
    }

    @Test
    void uptime_has_two_units_at_most() {
        assertThat(List.of(0L, 59L, 60L, 3_599L, 3_600L, 86_399L, 86_400L, 8_640_000L))
                .extracting(StatusPicture::uptime)
                .containsExactly("0 s", "59 s", "1 min", "59 min", "1 h 0 min", "23 h 59 min", "1 d 0 h", "100 d 0 h");
    }

    private static String picture(
            Health health, ConfigStatus config, List<ServiceStatus> services, List<RuntimeOverride> overrides) {
        return StatusPicture.of(new StatusCommand.Status(health, config, List.of(), services, overrides, List.of()));
    }

    private static Health starting() {
        return new Health(Phase.STARTING, "1.0.0", "r18", 7, new Health.ServiceCount(0, 0), List.of());
    }

    private static ConfigStatus running(ConfigStatus.Rejection rejection, boolean stale) {
        return new ConfigStatus(
                new ConfigStatus.Running("r18", NOON, "shop", List.of("gateway.yaml")),
                stale,
                rejection,
                new ConfigStatus.Reloads(17, 1));
    }

    private static InstanceStatus instance(
            String address, InstanceState state, boolean backup, String reason, int inFlight, long requests) {
        return new InstanceStatus(
                address, 1, backup, state, reason, inFlight, requests, 2, new InstanceStatus.Check(200, 4, NOON));
    }
}
