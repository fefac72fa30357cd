package dev.gatehouse.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The files of `deploy/` can be read, and agree with each other where a disagreement would cost requests: ports,
/// probes, and who waits longer than whom at the end. Nothing is applied or built here.
class DeployTest {

    private static final Path ROOT = Path.of(System.getProperty("gatehouse.root", "."));
    private static final Path DEPLOY = ROOT.resolve("deploy");
    private static final Path MANIFEST = DEPLOY.resolve("kubernetes/gatehouse.yaml");
    private static final Path COMPOSE = DEPLOY.resolve("compose/compose.yaml");
    private static final Path UNIT = DEPLOY.resolve("systemd/gatehouse.service");
    private static final List<String> PROBES = List.of("startupProbe", "livenessProbe", "readinessProbe");

    @TestFactory
    Stream<DynamicTest> each_yaml_file_can_be_read() throws IOException {
        return yamlFiles().stream()
                .map(file -> DynamicTest.dynamicTest(
                        DEPLOY.relativize(file).toString(),
                        () -> assertThat(documents(Files.readString(file)))
                                .isNotEmpty()
                                .allSatisfy(document -> assertThat(document).isInstanceOf(Map.class))));
    }

    @TestFactory
    Stream<DynamicTest> each_configuration_has_only_sections_that_exist() throws IOException {
        return configurations().entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey(),
                        () -> assertThat(map(one.getValue()).keySet())
                                .isSubsetOf("version", "name", "listeners", "admin", "runtime", "services", "routes")
                                .contains("listeners", "services", "routes")));
    }

    @TestFactory
    Stream<DynamicTest> each_configuration_routes_to_services_it_has() throws IOException {
        return configurations().entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey(),
                        () -> assertThat(list(at(one.getValue(), "routes")))
                                .extracting(route -> at(route, "service"))
                                .isNotEmpty()
                                .isSubsetOf(map(at(one.getValue(), "services")).keySet())));
    }

    @Test
    void kubernetes_asks_for_health_every_30_seconds_and_waits_5() throws IOException {
        for (String name : PROBES) {
            Map<String, Object> probe = map(at(container(), name));
            assertThat(probe.get("periodSeconds")).as(name).isEqualTo(30);
            assertThat(probe.get("timeoutSeconds")).as(name).isEqualTo(5);
            assertThat((String) at(probe, "httpGet", "path")).as(name).startsWith("/health");
        }
    }

    @Test
    void probes_and_clients_reach_the_port_the_listener_has() throws IOException {
        Map<String, Object> listener = map(at(manifestConfiguration(), "listeners", "public"));
        Map<String, Object> port = map(list(at(container(), "ports")).getFirst());
        assertThat(listener.get("health")).isEqualTo(true);
        assertThat(port.get("containerPort")).isEqualTo(listener.get("port"));
        for (String probe : PROBES) {
            assertThat(at(container(), probe, "httpGet", "port")).isEqualTo(port.get("name"));
        }
        Object servicePort = list(at(document("Service"), "spec", "ports")).getFirst();
        assertThat(at(servicePort, "targetPort")).isEqualTo(port.get("name"));
    }

    @Test
    void three_gateways_are_replaced_one_by_one_and_never_fewer_than_three() throws IOException {
        Object spec = at(document("Deployment"), "spec");
        assertThat(at(spec, "replicas")).isEqualTo(3);
        assertThat(at(spec, "strategy", "rollingUpdate")).isEqualTo(Map.of("maxUnavailable", 0, "maxSurge", 1));
    }

    @Test
    void everything_in_kubernetes_means_the_same_pods() throws IOException {
        Object labels = at(document("Deployment"), "spec", "template", "metadata", "labels");
        assertThat(at(document("Deployment"), "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
        assertThat(at(document("Service"), "spec", "selector")).isEqualTo(labels);
        assertThat(at(document("PodDisruptionBudget"), "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
        assertThat(list(at(pod(), "topologySpreadConstraints")))
                .allSatisfy(one ->
                        assertThat(at(one, "labelSelector", "matchLabels")).isEqualTo(labels));
    }

    @Test
    void a_changed_config_map_reaches_the_pod() throws IOException {
        Map<String, Object> mount = map(list(at(container(), "volumeMounts")).getFirst());
        Map<String, Object> volume = map(list(at(pod(), "volumes")).getFirst());
        assertThat(mount.get("name")).isEqualTo(volume.get("name"));
        assertThat(at(volume, "configMap", "name")).isEqualTo(at(document("ConfigMap"), "metadata", "name"));
        // The kubelet never updates a file that was mounted with subPath.
        assertThat(mount.containsKey("subPath")).isFalse();
        assertThat(list(at(container(), "args"))).contains(mount.get("mountPath") + "/gateway.yaml");
    }

    @Test
    void a_pod_may_take_longer_to_end_than_the_wait_before_and_the_drain_together() throws IOException {
        List<Object> wait = list(at(container(), "lifecycle", "preStop", "exec", "command"));
        assertThat(wait.getFirst()).isEqualTo("sleep");
        Duration drain = drainTimeout(manifestConfiguration()).plusSeconds(Long.parseLong((String) wait.get(1)));
        assertThat(Duration.ofSeconds((int) at(pod(), "terminationGracePeriodSeconds")))
                .isGreaterThan(drain);
    }

    @Test
    void systemd_and_compose_wait_longer_than_the_drain() throws IOException {
        Duration withoutASetting = Duration.ofSeconds(30);
        assertThat(Duration.ofSeconds(Long.parseLong(setting("TimeoutStopSec"))))
                .isGreaterThan(withoutASetting);

        Object compose = documents(Files.readString(COMPOSE)).getFirst();
        assertThat(time(at(compose, "services", "gateway", "stop_grace_period")))
                .isGreaterThan(drainTimeout(composeConfiguration()));
    }

    @Test
    void systemd_checks_the_file_it_runs() throws IOException {
        String checked = setting("ExecStartPre");
        assertThat(checked).contains("gatehouse check -f ");
        assertThat(setting("ExecStart")).isEqualTo(checked.replace("check", "run"));
    }

    private static List<Path> yamlFiles() throws IOException {
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /// Where it stands, to its root.
    private static Map<String, Object> configurations() throws IOException {
        return Map.of("kubernetes", manifestConfiguration(), "compose", composeConfiguration());
    }

    private static Object manifestConfiguration() throws IOException {
        return documents((String) at(document("ConfigMap"), "data", "gateway.yaml"))
                .getFirst();
    }

    private static Object composeConfiguration() throws IOException {
        return documents(Files.readString(DEPLOY.resolve("compose/config/gateway.yaml")))
                .getFirst();
    }

    private static Object document(String kind) throws IOException {
        return documents(Files.readString(MANIFEST)).stream()
                .filter(document -> kind.equals(at(document, "kind")))
                .findFirst()
                .orElseThrow();
    }

    private static Object pod() throws IOException {
        return at(document("Deployment"), "spec", "template", "spec");
    }

    private static Object container() throws IOException {
        return list(at(pod(), "containers")).getFirst();
    }

    private static List<Object> documents(String yaml) {
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(yaml).forEach(documents::add);
        return documents;
    }

    /// What stands under these keys; fails with their names when one is missing.
    private static Object at(Object root, String... keys) {
        Object found = root;
        for (String key : keys) {
            found = map(found).get(key);
            assertThat(found).as("%s in %s", key, List.of(keys)).isNotNull();
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object node) {
        return (List<Object>) node;
    }

    private static Duration drainTimeout(Object configuration) {
        return time(at(configuration, "runtime", "drain_timeout"));
    }

    /// `30s`
    private static Duration time(Object text) {
        return Duration.parse("PT" + text);
    }

    /// The value of a key of the systemd unit.
    private static String setting(String key) throws IOException {
        Matcher line = Pattern.compile("^" + key + "=(.*)$", Pattern.MULTILINE).matcher(Files.readString(UNIT));
        assertThat(line.find()).as(key).isTrue();
        return line.group(1);
    }
}
