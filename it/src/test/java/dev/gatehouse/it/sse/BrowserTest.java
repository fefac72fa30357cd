package dev.gatehouse.it.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.sse.EventService.Asked;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.TestGateway;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real browser's EventSource: events come while the stream is open, and when it breaks the browser comes back.
class BrowserTest {
    private static final String PAGE = """
            <!doctype html><script>
            const events = new EventSource('/events');
            events.onmessage = event => fetch('/heard/' + event.data);
            </script>""";

    @Test
    void chromium_hears_each_event_and_comes_back_when_the_stream_has_ended(@TempDir Path folder) throws Exception {
        String chromium = Servers.require("chromium").toString();
        try (var service = new EventService();
                var gateway = TestGateway.toUrls(service.url()).start()) {
            Process browser = new ProcessBuilder(
                            chromium,
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--user-data-dir=" + folder.resolve("profile"),
                            "--remote-debugging-port=0",
                            gateway.url() + "/page")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            try {
                asked(service, "/page").answer("text/html", PAGE);
                Asked events = asked(service, "/events").stream();
                for (int i = 0; i < 5; i++) {
                    events.event("e" + i);
                    asked(service, "/heard/e" + i).answer("text/plain", "ok");
                }
                events.endStream().close();
                Asked again = asked(service, "/events").stream();
                again.event("again");
                asked(service, "/heard/again").answer("text/plain", "ok");
            } finally {
                browser.descendants().forEach(ProcessHandle::destroyForcibly);
                browser.destroyForcibly().waitFor();
            }
            assertThat(gateway.gateway().isReady()).isTrue();
        }
    }

    /// The next request for this, whatever else the browser asks for meanwhile.
    private static Asked asked(EventService service, String path) {
        while (true) {
            Asked next = service.next();
            if (next.path().equals(path)) {
                return next;
            }
            next.answer("text/plain", "");
        }
    }
}
