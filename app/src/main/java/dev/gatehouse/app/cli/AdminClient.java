package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.ConfigStatus;
import dev.gatehouse.app.admin.view.Health;
import dev.gatehouse.app.admin.view.OverrideList;
import dev.gatehouse.app.admin.view.ServiceList;
import dev.gatehouse.app.admin.view.ViewJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Asks the admin API of a running gateway. What goes wrong is an [IOException] whose message is a sentence for
/// the user, with what to try.
final class AdminClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final String base;
    private final @Nullable String token;

    /// @param place `9000`, `host:9000` or a URL
    /// @throws IllegalArgumentException when it is none of these
    AdminClient(String place, @Nullable String token) {
        this.base = base(place);
        this.token = token;
    }

    /// The URL that is asked, without a path.
    String base() {
        return base;
    }

    Health health() throws IOException, InterruptedException {
        return get("/health", Health.class);
    }

    ConfigStatus config() throws IOException, InterruptedException {
        return get("/api/v1/config/status", ConfigStatus.class);
    }

    ServiceList services() throws IOException, InterruptedException {
        return get("/api/v1/services", ServiceList.class);
    }

    OverrideList overrides() throws IOException, InterruptedException {
        return get("/api/v1/overrides", OverrideList.class);
    }

    private <T> T get(String path, Class<T> view) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer;
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IOException(
                    "no gateway answers at " + base
                            + ". Is it running, with its admin API there? 'gatehouse run' says where"
                            + " it is when it starts; name the place with --admin.",
                    e);
        } catch (HttpTimeoutException e) {
            throw new IOException("no answer from " + base + " in time. Is this the admin API of a gateway?", e);
        } catch (IOException e) {
            throw new IOException(base + " does not speak HTTP: " + e.getMessage(), e);
        }
        // 503 is how a gateway says that it is not ready; the picture is in the answer all the same.
        if (answer.statusCode() != 200 && answer.statusCode() != 503) {
            throw new IOException(refused(answer.statusCode(), path));
        }
        try {
            return ViewJson.MAPPER.readValue(answer.body(), view);
        } catch (JacksonException e) {
            throw new IOException(notAGateway("its answer to " + path + " is not understood"), e);
        }
    }

    private String refused(int status, String path) {
        return switch (status) {
            case 401 ->
                token == null
                        ? base + " wants the admin token: --token gha_…, or GATEHOUSE_TOKEN in the environment"
                        : "this is not the admin token of the gateway at " + base;
            case 403 ->
                base + " refuses to be asked by this name. Ask for localhost and the port the gateway itself uses.";
            default -> notAGateway(path + " answers " + status);
        };
    }

    private String notAGateway(String why) {
        return base + " does not look like the admin API of a gateway: " + why
                + ". Its port is 9000 unless the file says otherwise.";
    }

    private static String base(String place) {
        String url = place.contains("://") ? place : "http://" + (place.matches("[0-9]+") ? "127.0.0.1:" : "") + place;
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        try {
            URI uri = URI.create(base);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawUserInfo() == null) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            // Said below, in our words.
        }
        throw new IllegalArgumentException(
                "'" + place + "' is no place of an admin API: 9000, host:9000 or http://host:9000");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
