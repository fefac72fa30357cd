package dev.gatehouse.app.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Tells an instance of a running demo to be in trouble, without asking the gateway. Waits for the answer.
public final class TroubleCall implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    /// @param place `127.0.0.1:9103`
    /// @return the name of the instance: `menu-2`
    /// @throws IOException with a sentence for the user, when what is there is not an instance of the demo
    public String tell(String place, Trouble trouble) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + place + DemoInstance.TROUBLE + "?" + trouble.query());
        if (!InetAddress.getByName(uri.getHost()).isLoopbackAddress()) {
            throw noDemo(place);
        }
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("nobody answers at " + place + ". Does 'gatehouse demo services' run?", e);
        }
        String name = answer.headers().firstValue("X-Instance").orElse("");
        if (answer.statusCode() != OK || name.isEmpty()) {
            throw noDemo(place);
        }
        return name;
    }

    private static IOException noDemo(String place) {
        return new IOException(place + " is not a service of the demo: only those can be put into trouble");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
