package dev.gatehouse.it.realservers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.lifecycle.GatewayProcess;
import dev.gatehouse.testkit.BigBody;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.NginxServer;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.Subprocess;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gateway between programs other people wrote: nginx behind it; curl, ab, wrk and a browser in front.
@LeavesNothingBehind
class NginxServiceTest {

    /// 60 for the show list of the first part.
    private static final int WRK_SECONDS = Integer.getInteger("gatehouse.wrk.seconds", 3);

    /// 1024 for the show list of the first part.
    private static final long BIG_MIB = Long.getLong("gatehouse.big.mib", 256);

    private static final String TRANSPORT = System.getProperty("gatehouse.test.transport", "auto");
    private static final Duration SOON = Duration.ofSeconds(30);

    /// Room for what a JVM may still load, compile and touch of its heap after the first megabytes.
    private static final long GROWTH_KIB = 48 << 10;

    @TempDir
    Path folder;

    @Test
    void curl_gets_what_it_would_get_from_nginx() throws IOException {
        Files.writeString(folder.resolve("hello.txt"), "Hello from behind the gate.\n");
        try (NginxServer nginx = nginx("location /post { return 201 \"got $content_length bytes\"; }");
                GatewayProcess gateway = proxy(nginx)) {
            String url = "http://127.0.0.1:" + gateway.port();

            assertThat(curl(url + "/hello.txt")).isEqualTo("Hello from behind the gate.\n");
            assertThat(curl("-i", "-I", url + "/hello.txt"))
                    .startsWith("HTTP/1.1 200 OK")
                    .containsIgnoringCase("Content-Length: 28")
                    .containsIgnoringCase("Accept-Ranges: bytes")
                    .containsIgnoringCase("Server: nginx");
            assertThat(curl("-w", " %{http_code}", "--data", "a=1", url + "/post"))
                    .isEqualTo("got 3 bytes 201");
            assertThat(curl("-w", " %{http_code}", "-r", "6-9", url + "/hello.txt"))
                    .isEqualTo("from 206");
            assertThat(curl("-i", "-r", "0-4,6-9", url + "/hello.txt"))
                    .contains("multipart/byteranges")
                    .contains("Hello")
                    .contains("from");
            assertThat(curl("-o", "/dev/null", "-w", "%{http_code}", "-r", "100-", url + "/hello.txt"))
                    .isEqualTo("416");
            String tag = curl("-o", "/dev/null", "-w", "%header{etag}", url + "/hello.txt");
            assertThat(curl("-w", "%{http_code}", "-H", "If-None-Match: " + tag, url + "/hello.txt"))
                    .isEqualTo("304");
            assertThat(curl("-o", "/dev/null", "-w", "%{http_code}", url + "/nothing-here"))
                    .isEqualTo("404");
            assertThat(curl("--http1.0", "-i", url + "/hello.txt")).endsWith("Hello from behind the gate.\n");
            assertThat(curl("--path-as-is", url + "/x/../hello.txt")).startsWith("Hello");
            // Three on one connection: what curl says about the second and third is that it did not connect again.
            assertThat(curl(
                            "-o",
                            "/dev/null",
                            "-o",
                            "/dev/null",
                            "-o",
                            "/dev/null",
                            "-w",
                            "%{num_connects} ",
                            url + "/hello.txt",
                            url + "/hello.txt",
                            url + "/hello.txt"))
                    .isEqualTo("1 0 0 ");
        }
    }

    @Test
    void curl_uploads_with_and_without_waiting_for_100_continue() throws IOException {
        Path file = bigFile(3 << 20);
        try (NginxServer nginx = nginx(uploads());
                GatewayProcess gateway = proxy(nginx)) {
            String url = "http://127.0.0.1:" + gateway.port() + "/up/";

            var asked = run(
                    "curl",
                    "-sSv",
                    "-H",
                    "Expect: 100-continue",
                    "--expect100-timeout",
                    "20",
                    "-T",
                    file.toString(),
                    url + "asked");
            assertThat(asked.stderr()).contains("< HTTP/1.1 100 Continue").contains("< HTTP/1.1 201 Created");
            var unasked = run("curl", "-sSv", "-H", "Expect:", "-T", file.toString(), url + "unasked");
            assertThat(unasked.stderr()).contains("< HTTP/1.1 201").doesNotContain("100 Continue");
            var chunked = run("/bin/sh", "-c", "curl -sSv -H Expect: -T - " + url + "chunked < " + file);
            assertThat(chunked.stderr())
                    .contains("> Transfer-Encoding: chunked")
                    .contains("< HTTP/1.1 201");

            for (String name : List.of("asked", "unasked", "chunked")) {
                assertThat(Files.mismatch(file, folder.resolve("up").resolve(name)))
                        .as(name)
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void ab_asks_in_http_1_0_with_and_without_keeping_its_connections() throws IOException {
        Files.writeString(folder.resolve("hello.txt"), "Hello from behind the gate.\n");
        String ab = Servers.require("ab").toString();
        try (NginxServer nginx = nginx("");
                GatewayProcess gateway = proxy(nginx)) {
            String url = "http://127.0.0.1:" + gateway.port() + "/hello.txt";

            String kept = run(ab, "-q", "-k", "-n", "4000", "-c", "32", url).stdout();
            assertThat(figure(kept, "Complete requests")).isEqualTo(4000);
            assertThat(figure(kept, "Failed requests")).isZero();
            assertThat(figure(kept, "Keep-Alive requests")).isEqualTo(4000);
            assertThat(kept).doesNotContain("Non-2xx");

            String single = run(ab, "-q", "-n", "2000", "-c", "32", url).stdout();
            assertThat(figure(single, "Complete requests")).isEqualTo(2000);
            assertThat(figure(single, "Failed requests")).isZero();
            assertThat(single).doesNotContain("Non-2xx");
        }
    }

    @Test
    void wrk_with_256_connections_sees_no_error() throws IOException {
        Files.writeString(folder.resolve("hello.txt"), "Hello from behind the gate.\n");
        String wrk = Servers.require("wrk").toString();
        try (NginxServer nginx = nginx("");
                GatewayProcess gateway = proxy(nginx)) {
            String url = "http://127.0.0.1:" + gateway.port() + "/hello.txt";

            String said = Subprocess.run(
                            Duration.ofSeconds(WRK_SECONDS + 30),
                            wrk,
                            "-t2",
                            "-c256",
                            "-d" + WRK_SECONDS + "s",
                            "--timeout",
                            "10s",
                            "--latency",
                            url)
                    .succeeded()
                    .stdout();

            System.out.println(said.strip() + "\n  gateway: " + gateway.peakResidentKib() / 1024 + " MiB at most");
            assertThat(said).doesNotContain("Socket errors").doesNotContain("Non-2xx");
            assertThat(figure(said, "Requests/sec")).isPositive();
            gateway.terminate();
            assertThat(gateway.awaitExit(SOON)).isZero();
            assertThat(gateway.output()).doesNotContain("failures {SERVICE").doesNotContain("ERROR");
        }
    }

    @Test
    void a_huge_download_and_a_huge_upload_pass_at_constant_memory() throws IOException {
        Path first = bigFile(32 << 20);
        Path big = bigFile(BIG_MIB << 20);
        try (NginxServer nginx = nginx(uploads());
                GatewayProcess gateway =
                        GatewayProcess.start(List.of("-Xmx64m"), "proxy", "0", nginx.url(), "--transport", TRANSPORT)) {
            String url = "http://127.0.0.1:" + gateway.port();
            download(url, first);
            upload(url, first, "first");
            long before = gateway.residentKib();

            download(url, big);
            long afterDownload = gateway.residentKib();
            assertThat(upload(url, big, "big")).as(gateway.output()).isEqualTo("201");
            long afterUpload = gateway.residentKib();

            System.out.println("memory in MiB: " + before / 1024 + " after the first 32 MiB, " + afterDownload / 1024
                    + " after " + BIG_MIB + " MiB down, " + afterUpload / 1024 + " after as much up, at most "
                    + gateway.peakResidentKib() / 1024);
            assertThat(gateway.peakResidentKib() - before).as("KiB of growth").isLessThan(GROWTH_KIB);
            assertThat(Files.mismatch(big, folder.resolve("up/big"))).isEqualTo(-1);
        }
    }

    @Test
    void a_browser_loads_a_page_with_its_script_its_image_and_what_the_script_fetches() throws IOException {
        String chromium = Servers.require("chromium").toString();
        Files.writeString(folder.resolve("index.html"), """
                <!doctype html><title>Menu</title><p id="said">nothing</p>
                <img src="/picture.png"><script src="/app.js"></script>
                """);
        Files.writeString(folder.resolve("app.js"), """
                const said = [];
                function say(what) { said.push(what); document.getElementById('said').textContent = said.sort().join(' '); }
                const image = document.querySelector('img');
                image.decode().then(() => say('image-' + image.naturalWidth + 'x' + image.naturalHeight));
                say('script');
                fetch('/menu.json').then(r => r.json()).then(menu => say('fetched-' + menu.dish));
                fetch('/post', {method: 'POST', body: 'x'.repeat(100000)}).then(r => say('posted-' + r.status));
                """);
        Files.writeString(folder.resolve("menu.json"), "{\"dish\":\"tom-yam\"}");
        ImageIO.write(
                new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("picture.png").toFile());
        try (NginxServer nginx = nginx("location /post { return 200; }");
                GatewayProcess gateway = proxy(nginx)) {
            Path profile = Files.createDirectory(folder.resolve("profile"));

            String page = Subprocess.run(
                            Duration.ofSeconds(60),
                            chromium,
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--disable-dev-shm-usage",
                            "--user-data-dir=" + profile,
                            "--virtual-time-budget=10000",
                            "--dump-dom",
                            "http://127.0.0.1:" + gateway.port() + "/")
                    .stdout();

            assertThat(page).contains("fetched-tom-yam image-7x5 posted-200 script");
        }
    }

    private NginxServer nginx(String locations) {
        return NginxServer.start("root " + folder + "; index index.html; " + locations);
    }

    private static GatewayProcess proxy(NginxServer nginx) {
        return GatewayProcess.start("proxy", "0", nginx.url(), "--transport", TRANSPORT);
    }

    /// What is put there is kept.
    private String uploads() throws IOException {
        Files.createDirectories(folder.resolve("up"));
        return "location /up/ { dav_methods PUT; client_body_temp_path " + folder + "/tmp; }";
    }

    private Path bigFile(long bytes) throws IOException {
        Path file = folder.resolve(bytes + ".bin");
        try (OutputStream out = Files.newOutputStream(file)) {
            BigBody.write(bytes, out);
        }
        return file;
    }

    private void download(String url, Path file) {
        run("/bin/sh", "-c", "curl -sSf --max-time 100 " + url + "/" + file.getFileName() + " | cmp - " + file);
    }

    /// @return the status curl saw last: 100 when the connection broke off before an answer
    private String upload(String url, Path file, String name) {
        String curl = Servers.require("curl").toString();
        return Subprocess.run(
                        Duration.ofSeconds(110),
                        curl,
                        "-sS",
                        "--max-time",
                        "100",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "-T",
                        file.toString(),
                        url + "/up/" + name)
                .stdout();
    }

    private static String curl(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Servers.require("curl").toString(), "-sS", "--max-time", "100"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new)).stdout();
    }

    private static Subprocess.Finished run(String... command) {
        return Subprocess.run(Duration.ofSeconds(110), command).succeeded();
    }

    /// `Complete requests:      4000` gives 4000.
    private static double figure(String said, String name) {
        Matcher found = Pattern.compile(Pattern.quote(name) + ":\\s+([0-9.]+)").matcher(said);
        assertThat(found.find()).as("%s in:%n%s", name, said).isTrue();
        return Double.parseDouble(found.group(1));
    }
}
