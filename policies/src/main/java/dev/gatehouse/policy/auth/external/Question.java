package dev.gatehouse.policy.auth.external;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Text;
import dev.gatehouse.policy.auth.place.Place;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an auth service is asked about a request. Immutable.
final class Question {
    private final URI url;
    private final String method;
    private final Duration timeout;
    private final List<HeaderName> fields;
    private final List<RequestPart> cacheKey;

    Question(ExternalConfig config) {
        this.url = config.url().uri();
        this.method = config.method();
        this.timeout = config.timeout();
        this.fields = config.requestHeaders().stream().map(HeaderName::of).toList();
        ExternalCacheConfig cache = config.cache();
        this.cacheKey = cache == null ? List.of() : cache.parts();
    }

    /// By what the answer is remembered; null when it is not to be: nobody wants that, or the request shows a part
    /// of the key several times and each time something else.
    @Nullable
    QuestionKey remembered(Exchange exchange) {
        if (cacheKey.isEmpty()) {
            return null;
        }
        QuestionKey.Builder key = new QuestionKey.Builder();
        for (RequestPart part : cacheKey) {
            Text value = part.find(exchange);
            if (value == Place.AMBIGUOUS) {
                return null;
            }
            key.add(value);
        }
        return key.build();
    }

    /// Whoever asks the very same at the same time may have the same answer.
    QuestionKey whole(Exchange exchange) {
        RequestHead request = exchange.request();
        QuestionKey.Builder key = new QuestionKey.Builder()
                .add(request.method())
                .add(uri(request))
                .add(request.host())
                .add(request.scheme())
                .add(request.clientAddress().getHostAddress());
        for (HeaderName field : fields) {
            List<Text> values = request.headers(field);
            key.add(Integer.toString(values.size()));
            values.forEach(key::add);
        }
        return key.build();
    }

    /// @throws IllegalArgumentException when a field of the client cannot be sent
    HttpRequest about(Exchange exchange) {
        RequestHead request = exchange.request();
        HttpRequest.Builder question = HttpRequest.newBuilder(url)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(timeout)
                .method(method, BodyPublishers.noBody())
                .header("X-Forwarded-Method", request.method())
                .header("X-Forwarded-Uri", uri(request))
                .header("X-Forwarded-Host", request.host())
                .header("X-Forwarded-Proto", request.scheme())
                .header("X-Forwarded-For", request.clientAddress().getHostAddress())
                .header("X-Request-Id", exchange.requestId());
        for (HeaderName field : fields) {
            for (Text value : request.headers(field)) {
                question.header(field.toString(), value.toString());
            }
        }
        return question.build();
    }

    private static String uri(RequestHead request) {
        String query = request.query();
        return query == null ? request.path() : request.path() + "?" + query;
    }
}
