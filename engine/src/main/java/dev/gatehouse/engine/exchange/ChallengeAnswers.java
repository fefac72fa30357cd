package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.engine.tls.acme.Challenges;
import dev.gatehouse.http1.ParsedRequest;
import org.jspecify.annotations.Nullable;

/// What an issuer of certificates is answered that wants to see whether a host is ours (RFC 8555 §8.3). Answered on
/// every listener, also on one that sends everybody to https, and only while an order is open.
final class ChallengeAnswers {
    private ChallengeAnswers() {}

    /// Null when the request is not about an open order.
    static @Nullable Response to(ParsedRequest request, Challenges challenges) {
        if (!challenges.expectsRequest()
                || !(request.isHead() || request.method().equals("GET"))) {
            return null;
        }
        String answer = challenges.answer(request.path());
        return answer == null
                ? null
                : Response.of(200, Body.of(answer))
                        .set(HeaderName.CONTENT_TYPE, "application/octet-stream")
                        .set(HeaderName.CACHE_CONTROL, "no-store");
    }
}
