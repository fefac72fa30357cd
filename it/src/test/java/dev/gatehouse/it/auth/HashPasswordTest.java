package dev.gatehouse.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.cli.GatehouseCommandLine;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `gatehouse hash-password`, and who can log in with what it prints.
@LeavesNothingBehind
class HashPasswordTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "--memory=7MiB --iterations=1 --lanes=2", "--bcrypt --cost=10"})
    void whoever_has_the_password_gets_in_with_the_hash_of_it(String options) {
        String password = " Grüße: 100 % ";
        String[] line = ("hash-password " + options).strip().split(" ");
        GatehouseCommandLine made = GatehouseCommandLine.given(password + "\r\nnext line\n", line);
        assertThat(made.err()).isEmpty();
        assertThat(made.code()).isZero();

        try (var service = FakeService.start();
                var gateway = TestGateway.from("""
                    security: { authentication: { people: { type: basic, users: { alice: { password: "%s" } } } } }
                    services: { office: { instances: [ "%s" ] } }
                    routes: [ { service: office, auth: people } ]
                    """.formatted(made.out().strip(), service.address()))) {
            assertThat(login(gateway, password)).isEqualTo(200);
            assertThat(login(gateway, password.strip())).isEqualTo(401);
            assertThat(service.awaitRequest().headers("X-User-Id")).containsExactly("alice");
        }
    }

    @Test
    void the_line_that_htpasswd_prints_is_taken() throws IOException {
        Path htpasswd = Servers.require("htpasswd");
        String line = Subprocess.run(Duration.ofSeconds(10), htpasswd.toString(), "-nbBC", "10", "alice", "open sesame")
                .succeeded()
                .stdout();
        Path file = Files.writeString(folder.resolve("people.htpasswd"), line);

        try (var service = FakeService.start();
                var gateway = TestGateway.from("""
                    security: { authentication: { people: { type: basic, htpasswd: "%s" } } }
                    services: { office: { instances: [ "%s" ] } }
                    routes: [ { service: office, auth: people } ]
                    """.formatted(file, service.address()))) {
            assertThat(login(gateway, "open sesame")).isEqualTo(200);
            assertThat(login(gateway, "open says me")).isEqualTo(401);
        }
    }

    @Test
    void what_is_no_password_is_said_without_repeating_it() {
        refused("", "the password is empty");
        refused("\n", "the password is empty");
        refused("x".repeat(513), "the password has more than 512 octets");
        refused("tab\there", "the password is no text in UTF-8, or has control characters in it");
        refused("x".repeat(73), "bcrypt reads no more than 72: take Argon2id", "--bcrypt");
        refused("x", "cost: 17 (expected: 10 to 16)", "--bcrypt", "--cost", "17");
        refused("x", "--cost is for --bcrypt", "--cost", "12");
        refused("x", "--bcrypt has a --cost", "--bcrypt", "--memory", "19MiB");
        refused("x", "memory in KiB: 1024 (expected: 7168 to 262144)", "--memory", "1MiB");

        GatehouseCommandLine shown = GatehouseCommandLine.of("hash-password", "open-sesame");
        assertThat(shown.code()).isEqualTo(64);
        assertThat(shown.err()).contains("a password is no argument").doesNotContain("open-sesame");
    }

    private static void refused(String input, String why, String... options) {
        String[] line = new String[options.length + 1];
        line[0] = "hash-password";
        System.arraycopy(options, 0, line, 1, options.length);
        GatehouseCommandLine said = GatehouseCommandLine.given(input, line);
        assertThat(said.code()).as(why).isEqualTo(64);
        assertThat(said.err()).contains(why);
        assertThat(said.out()).isEmpty();
    }

    private static int login(TestGateway gateway, String password) {
        String both = Base64.getEncoder().encodeToString(("alice:" + password).getBytes(UTF_8));
        return RawClient.ask(
                        gateway.port(),
                        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Basic " + both + "\r\n\r\n")
                .status();
    }
}
