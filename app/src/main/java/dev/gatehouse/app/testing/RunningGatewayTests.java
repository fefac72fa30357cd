package dev.gatehouse.app.testing;

import dev.gatehouse.app.testing.Expectation.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Sends the requests of tests to a gateway that runs, with real services behind it. What only a rehearsal can know is
/// said not to be checked: why, which route, what services were sent; and a clock that would have to be moved.
public final class RunningGatewayTests implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final URI gateway;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /// @param gateway `http://localhost:8080`
    public RunningGatewayTests(URI gateway) {
        this.gateway = gateway;
    }

    TestResult run(RequestTest test) {
        long begun = System.nanoTime();
        List<Miss> misses = new ArrayList<>();
        List<String> notChecked = new ArrayList<>();
        if (!test.written().env().isEmpty()) {
            notChecked.add("env");
        }
        for (RequestTest.Step step : test.steps()) {
            // What would follow is another situation than the one that is meant.
            if (StepTime.moves(step.written())) {
                notChecked.add("advance, and what follows it");
                break;
            }
            if (step.asker() != null && step.asker().token() == null) {
                notChecked.add("as, and what follows it");
                break;
            }
            try {
                Seen seen = ask(step);
                misses.addAll(TestRun.missed(step, seen));
                step.expected().stream()
                        .filter(one -> one.check(seen) instanceof Outcome.NotChecked)
                        .forEach(one -> notChecked.add(one.key()));
            } catch (IOException | IllegalArgumentException e) {
                String why = e.getMessage() == null ? e.toString() : e.getMessage();
                misses.add(new Miss(step.at(), "an answer of " + gateway, why, List.of()));
                break;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return new TestResult(
                test,
                (System.nanoTime() - begun) / 1_000_000,
                misses,
                notChecked.stream().distinct().toList());
    }

    private Seen ask(RequestTest.Step step) throws IOException, InterruptedException {
        RequestConfig written = step.written().asked();
        String base = gateway.toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + written.target()))
                .timeout(LONGEST)
                .method(
                        written.method(),
                        written.octets().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(written.octets()));
        written.fields().forEach(field -> request.header(field.getKey(), field.getValue()));
        AskerConfig asker = step.asker();
        if (asker != null) {
            request.header("Authorization", "Bearer " + asker.token());
        }
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        for (int i = 1; i < step.written().repeat(); i++) {
            answer = client.send(request.build(), BodyHandlers.ofByteArray());
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        answer.headers().map().forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        return new Seen(answer.statusCode(), headers, answer.body(), List.of(), null);
    }

    @Override
    public void close() {
        client.close();
    }
}
