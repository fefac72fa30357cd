package dev.gatehouse.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.service.Service;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final String ONE = """
            services:
              orders: { instances: [ "http://10.0.0.1" ], display_name: The kitchen }
              users:  { instances: [ "http://10.0.0.2", "http://10.0.0.3" ] }
            routes:
              - { path: /orders/**, service: orders }
              - { path: /users/**,  service: users }
            """;

    private final Surroundings around = Surroundings.none();

    @Test
    void an_unchanged_service_is_the_very_same_and_a_changed_one_is_another() {
        Snapshot before = Snapshot.compile(plan(ONE), around, null);
        Snapshot after = Snapshot.compile(plan(ONE.replace("10.0.0.3", "10.0.0.4")), around, before);

        assertThat(after.service("orders")).isSameAs(before.service("orders"));
        assertThat(after.service("users")).isNotSameAs(before.service("users"));
        assertThat(after.revision()).isEqualTo(before.revision() + 1);
    }

    @Test
    void an_instance_that_stays_keeps_its_state_in_a_service_that_changes() {
        Snapshot before = Snapshot.compile(plan(ONE), around, null);
        Snapshot after = Snapshot.compile(plan(ONE.replace("10.0.0.3", "10.0.0.4")), around, before);

        assertThat(service(after, "users").instances().getFirst().state())
                .isSameAs(service(before, "users").instances().getFirst().state());
    }

    @Test
    void what_is_not_going_to_run_gives_back_what_it_took_and_leaves_the_rest() {
        Snapshot before = Snapshot.compile(plan(ONE), around, null);
        Snapshot.compile(plan(ONE.replace("10.0.0.3", "10.0.0.4")), around, before)
                .discard(before);

        assertThat(around.instances().size()).isEqualTo(3);
        assertThat(service(before, "orders").instances())
                .singleElement()
                .satisfies(instance -> assertThat(instance.isGone()).isFalse());
    }

    @Test
    void so_does_what_cannot_be_compiled() {
        Snapshot before = Snapshot.compile(plan(ONE), around, null);
        Plan broken =
                plan(ONE.replace("10.0.0.3", "10.0.0.4") + "  - { path: /a, respond: { file: /no/such/file } }\n");

        assertThatThrownBy(() -> Snapshot.compile(broken, around, before)).hasMessageContaining("/no/such/file");
        assertThat(around.instances().size()).isEqualTo(3);
    }

    private static Service service(Snapshot snapshot, String key) {
        RunningService running = snapshot.service(key);
        if (running == null) {
            throw new AssertionError("no service " + key);
        }
        return running.service();
    }

    private static Plan plan(String yaml) {
        Loaded loaded = ConfigLoader.load(
                new SourceFile("gateway.yaml", Path.of("gateway.yaml").toAbsolutePath(), yaml), LoadOptions.standard());
        assertThat(loaded.diagnostics()).isEmpty();
        return Plan.of(loaded);
    }
}
