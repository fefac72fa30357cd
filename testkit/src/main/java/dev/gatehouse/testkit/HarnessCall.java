package dev.gatehouse.testkit;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLSession;

/// What a policy is told that called somebody by HTTP from a [PolicyHarness].
record HarnessCall(HttpRequest request, Answer answer) implements HttpResponse<byte[]> {
    @Override
    public int statusCode() {
        return answer.status();
    }

    @Override
    public HttpHeaders headers() {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (HeaderField field : answer.headers()) {
            headers.computeIfAbsent(field.name(), _ -> new ArrayList<>()).add(field.value());
        }
        return HttpHeaders.of(headers, (_, _) -> true);
    }

    @Override
    public byte[] body() {
        return answer.body();
    }

    @Override
    public Optional<HttpResponse<byte[]>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }
}
