package dev.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `gatehouse check`: what it says about good and bad files, in which form, and how it ends.
class CheckCommandTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("gatehouse.root", ".")).resolve("examples");

    private static final String GOOD = """
            services:
              users: { instances: [ "127.0.0.1:8081", "127.0.0.1:8082" ] }
            routes:
              - { path: /users/**, service: users }
              - { path: /admin/**, respond: { status: 403 } }
            """;

    private static final String LEFT_OVER = """
            services:
              left-over: { instances: [ "127.0.0.1:8081" ] }
            routes:
              - { path: /**, respond: { status: 200 } }
            """;

    private static final String TIE = """
            routes:
              - { path: "/users/{userId}", respond: { status: 200 } }
              - { path: "/users/{name}", respond: { status: 200 } }
            """;

    @TempDir
    private Path folder;

    @Test
    void a_good_file_is_one_line_and_ends_with_0() throws IOException {
        GatehouseCommandLine said = check(GOOD);

        assertThat(said.out()).isEqualTo(folder + "/shop.yaml: 2 routes, 1 service, no mistakes\n");
        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
    }

    @Test
    void the_smallest_example_has_no_mistakes() {
        GatehouseCommandLine said = GatehouseCommandLine.of(
                "check", "--strict", "-f", EXAMPLES.resolve("minimal.yaml").toString());

        assertThat(said.code()).as(said.out()).isZero();
    }

    @Test
    void a_broken_file_is_shown_with_its_mistakes_and_ends_with_1() throws IOException {
        GatehouseCommandLine said = check("""
                services:
                  users:
                    instances: [ "127.0.0.1:8081" ]
                    load_balncer: round_robin
                routes:
                  - { path: /**, service: usres }
                """);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("error[GH1001] unknown key 'load_balncer' in service 'users'")
                .contains("shop.yaml:4:5")
                .contains("^^^^^^^^^^^^ did you mean 'load_balancer'?")
                .contains("error[GH1101]")
                .endsWith("shop.yaml: 2 errors, 0 warnings\n");
    }

    @Test
    void what_only_all_routes_together_show_is_found_too() throws IOException {
        GatehouseCommandLine said = check(TIE);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("error[GH1201] two routes match the same requests and neither is more specific")
                .contains("shop.yaml:2:5   ANY /users/{userId}")
                .contains("shop.yaml:3:5   ANY /users/{name}")
                .contains("= example: GET /users/42")
                .endsWith("shop.yaml: 2 routes, 0 services, 1 error, 0 warnings\n");
    }

    @Test
    void a_warning_is_fine_unless_strict() throws IOException {
        GatehouseCommandLine said = check(LEFT_OVER);
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("warning[GH2102]").endsWith("1 route, 1 service, 0 errors, 1 warning\n");

        GatehouseCommandLine strict = check(LEFT_OVER, "--strict");
        assertThat(strict.code()).isEqualTo(2);
        assertThat(strict.out()).endsWith("0 errors, 1 warning (--strict allows none)\n");
    }

    @Test
    void json_is_a_list_of_mistakes_with_their_places() throws IOException {
        GatehouseCommandLine said = check(TIE, "--format", "json");

        assertThat(said.code()).isEqualTo(1);
        JsonNode all = JsonMapper.shared().readTree(said.out());
        assertThat(all.size()).isEqualTo(1);
        JsonNode tie = all.get(0);
        assertThat(tie.get("code").asString()).isEqualTo("GH1201");
        assertThat(tie.get("severity").asString()).isEqualTo("error");
        assertThat(tie.get("file").asString()).endsWith("shop.yaml");
        assertThat(tie.get("line").asInt()).isEqualTo(2);
        assertThat(tie.get("path").asString()).isEqualTo("routes[0]");
        assertThat(tie.get("places").get(0).get("line").asInt()).isEqualTo(3);

        assertThat(JsonMapper.shared()
                        .readTree(check(GOOD, "--format", "json").out())
                        .isEmpty())
                .isTrue();
    }

    @Test
    void github_gets_one_annotation_for_each_mistake() throws IOException {
        GatehouseCommandLine said = check(TIE, "--format", "github");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out().lines()).hasSize(1);
        assertThat(said.out())
                .startsWith("::error file=")
                .contains("shop.yaml,line=2,col=5")
                .contains("title=GH1201::two routes match")
                .contains("%0Aexample: GET /users/42");
        assertThat(check(LEFT_OVER, "--format", "github").out()).startsWith("::warning file=");
    }

    @Test
    void a_dash_is_standard_input() {
        GatehouseCommandLine said = GatehouseCommandLine.given(GOOD, "check", "-f", "-");
        assertThat(said.out()).isEqualTo("stdin: 2 routes, 1 service, no mistakes\n");

        GatehouseCommandLine broken = GatehouseCommandLine.given(TIE, "check", "-f", "-");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.out()).contains("stdin:2:5");
    }

    @Test
    void a_file_that_is_not_there_is_said_not_to_be_there() {
        String missing = folder.resolve("nothing.yaml").toString();
        GatehouseCommandLine named = GatehouseCommandLine.of("check", "-f", missing);
        assertThat(named.code()).isEqualTo(1);
        assertThat(named.out()).contains("GH0101").contains(missing + " cannot be read: it does not exist");

        GatehouseCommandLine usual = GatehouseCommandLine.of("check");
        assertThat(usual.code()).isEqualTo(1);
        assertThat(usual.err()).startsWith("error: no gateway.yaml here").contains("-f");
    }

    @Test
    void a_form_nobody_knows_is_wrong_usage() {
        GatehouseCommandLine said = GatehouseCommandLine.of("check", "--format", "xml");
        assertThat(said.code()).isEqualTo(64);
        assertThat(said.err()).contains("text, json, github").contains("xml");
    }

    private GatehouseCommandLine check(String yaml, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), yaml);
        String[] line = new String[options.length + 3];
        line[0] = "check";
        line[1] = "-f";
        line[2] = file.toString();
        System.arraycopy(options, 0, line, 3, options.length);
        return GatehouseCommandLine.of(line);
    }
}
