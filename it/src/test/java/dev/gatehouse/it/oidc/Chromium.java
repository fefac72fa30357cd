package dev.gatehouse.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Servers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/// A real Chromium with one page, driven by the DevTools protocol. The test is skipped where it is not
/// installed.
public final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<Map<String, Object>>> asked;
    private final AtomicInteger numbers = new AtomicInteger();

    private Chromium(Process process, WebSocket socket, Map<Integer, CompletableFuture<Map<String, Object>>> asked) {
        this.process = process;
        this.socket = socket;
        this.asked = asked;
    }

    /// For pages with certificates of tests, and hosts below `example` that are all this machine.
    public static final String[] WITH_HOSTS_OF_TESTS = {
        "--ignore-certificate-errors", "--host-resolver-rules=MAP *.example 127.0.0.1"
    };

    /// @param folder for its profile and its log
    /// @param more arguments
    public static Chromium start(Path folder, String... more) throws Exception {
        Path profile = folder.resolve("profile");
        List<String> command = new ArrayList<>(List.of(
                Servers.require("chromium").toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--window-size=1000,700",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0"));
        command.addAll(List.of(more));
        command.add("about:blank");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile())
                .start();
        Path told = profile.resolve("DevToolsActivePort");
        assertThat(holds(() -> Files.exists(told) && lines(told) > 0))
                .as("Chromium listens")
                .isTrue();
        String port = Files.readAllLines(told).getFirst();
        HttpClient client = HttpClient.newHttpClient();
        String page = client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Map<Integer, CompletableFuture<Map<String, Object>>> asked = new ConcurrentHashMap<>();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(
                        URI.create(String.valueOf(JsonUtil.parseJson(page).get("webSocketDebuggerUrl"))),
                        new Answers(asked))
                .get(60, TimeUnit.SECONDS);
        Chromium chromium = new Chromium(process, socket, asked);
        chromium.tell("Page.enable", Map.of());
        return chromium;
    }

    /// Whether it comes to hold, looked at ten times a second.
    private static boolean holds(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }

    private static long lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            return 0;
        }
    }

    private static final class Answers implements WebSocket.Listener {
        private final Map<Integer, CompletableFuture<Map<String, Object>>> asked;
        private final StringBuilder text = new StringBuilder();

        private Answers(Map<Integer, CompletableFuture<Map<String, Object>>> asked) {
            this.asked = asked;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                heard(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @SuppressWarnings("unchecked") // what the parser makes of an object of JSON
        private void heard(String json) {
            try {
                Map<String, Object> message = JsonUtil.parseJson(json);
                if (message.get("id") instanceof Long id) {
                    CompletableFuture<Map<String, Object>> answer = asked.remove(id.intValue());
                    Object result = message.get("result");
                    answer.complete(result instanceof Map<?, ?> map ? (Map<String, Object>) map : message);
                }
            } catch (JoseException e) {
                throw new AssertionError(e);
            }
        }
    }

    private Map<String, Object> tell(String method, Map<String, Object> parameters) throws Exception {
        int number = numbers.incrementAndGet();
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        asked.put(number, answer);
        String message = JsonUtil.toJson(Map.of("id", number, "method", method, "params", parameters));
        socket.sendText(message, true).get(60, TimeUnit.SECONDS);
        return answer.get(60, TimeUnit.SECONDS);
    }

    /// Goes to a page, and waits until its text holds this.
    public void open(String url, String text) throws Exception {
        tell("Page.navigate", Map.of("url", url));
        waitFor(text);
    }

    /// Waits until the text of the page holds this.
    public void waitFor(String text) throws InterruptedException {
        boolean seen = holds(() -> {
            try {
                return script("document.readyState == 'complete' && document.body ? document.body.innerText : ''")
                        .contains(text);
            } catch (Exception e) {
                return false; // between two pages
            }
        });
        assertThat(seen).as(() -> "'" + text + "' is seen; there is: " + now()).isTrue();
    }

    private String now() {
        try {
            return url() + "\n" + script("document.body.innerText");
        } catch (Exception e) {
            return e.toString();
        }
    }

    /// What a script on the page says.
    public String script(String expression) throws Exception {
        Map<String, Object> answer =
                tell("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        return answer.get("result") instanceof Map<?, ?> result ? String.valueOf(result.get("value")) : "";
    }

    public String url() throws Exception {
        return script("location.href");
    }

    /// Cookies of all hosts, those that scripts do not see too: `name=value; …`.
    public String cookies() throws Exception {
        StringBuilder all = new StringBuilder();
        Object cookies = tell("Storage.getCookies", Map.of()).get("cookies");
        for (Object one : (Iterable<?>) cookies) {
            Map<?, ?> cookie = (Map<?, ?>) one;
            all.append(all.isEmpty() ? "" : "; ")
                    .append(cookie.get("name"))
                    .append('=')
                    .append(cookie.get("value"));
        }
        return all.toString();
    }

    void screenshot(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Object data = tell("Page.captureScreenshot", Map.of("format", "png")).get("data");
        Files.write(file, Base64.getDecoder().decode(String.valueOf(data)));
    }

    @Override
    public void close() throws InterruptedException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
