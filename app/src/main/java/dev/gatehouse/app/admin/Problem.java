package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.config.decode.Suggestions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Why the admin API did not do what it was asked, as `application/problem+json` (RFC 9457). The constant's name
/// is the stable `code`.
enum Problem {
    INVALID_REQUEST(400, "The request makes no sense"),
    UNAUTHENTICATED(401, "Missing authentication"),
    INVALID_TOKEN(401, "Invalid token"),
    TOKEN_EXPIRED(401, "Token expired"),
    FORBIDDEN(403, "Not allowed"),
    MISSING_SCOPE(403, "The token may not do this"),
    NOT_FOUND(404, "Nothing here"),
    NO_SUCH_ROUTE(404, "No such route"),
    NO_SUCH_SERVICE(404, "No such service"),
    NO_SUCH_INSTANCE(404, "No such instance"),
    NO_SUCH_REQUEST(404, "No such request"),
    NO_SUCH_CONSUMER(404, "No such consumer"),
    NO_SUCH_PLAN(404, "No such plan"),
    NO_SUCH_KEY(404, "No such key"),
    NO_SUCH_REVOCATION(404, "No such revocation"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    AMBIGUOUS_REQUEST(409, "More than one request"),
    CONFIG_CHANGED(409, "The configuration changed"),
    CONSUMER_EXISTS(409, "There is one of this name"),
    OWNER_IS_FILE(409, "It stands in the file"),
    NO_REVOCATION_LIST(409, "Nobody asks who was revoked"),
    KEY_LAPSED(409, "The key is not taken any more"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Another kind of body is expected"),
    TOO_MANY_FOLLOWERS(429, "Too many follow already"),
    INTERNAL_ERROR(500, "Internal error"),
    STORE_UNAVAILABLE(503, "The store cannot be reached");

    static final String MEDIA_TYPE = "application/problem+json";

    private static final int MOST_SUGGESTIONS = 5;

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /// @param detail one sentence about this occurrence
    AdminAnswer answer(String detail) {
        return answer(detail, Map.of());
    }

    /// @param facts further members
    AdminAnswer answer(String detail, Map<String, Object> facts) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:gatehouse:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
        members.put("code", name());
        members.put("status", status);
        members.put("title", title);
        members.put("detail", detail);
        members.putAll(facts);
        return new AdminAnswer(status, MEDIA_TYPE, ViewJson.MAPPER.writeValueAsString(members) + "\n", Map.of());
    }

    /// For a name that stands for nothing: says what may have been meant.
    AdminAnswer unknown(String what, String name, Collection<String> known) {
        List<String> nearest = Suggestions.nearest(name, known).stream()
                .limit(MOST_SUGGESTIONS)
                .toList();
        String guess = nearest.isEmpty() ? "" : " " + capitalised(Suggestions.question(nearest));
        return answer("There is no " + what + " '" + name + "'." + guess, Map.of("nearest", nearest));
    }

    private static String capitalised(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
