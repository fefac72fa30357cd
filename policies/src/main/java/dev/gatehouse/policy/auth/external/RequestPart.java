package dev.gatehouse.policy.auth.external;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.policy.auth.place.Place;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A part of a request, as users name it: `header.Authorization`, `cookie.session`, `query.key`, `method`, `path`,
/// `query`, `host`, `client_ip`. Immutable; equal when it is the same part.
///
/// @param place where it is in the request; null for what every request has
record RequestPart(String name, @Nullable Place place) {
    /// @throws IllegalArgumentException with a sentence for the user
    static RequestPart of(String written) {
        int dot = written.indexOf('.');
        String kind = (dot < 0 ? written : written.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        String name = dot < 0 ? "" : written.substring(dot + 1).strip();
        if (name.isEmpty()) {
            switch (kind) {
                case "method", "path", "query", "host", "client_ip" -> {
                    return new RequestPart(kind, null);
                }
                default -> {}
            }
        } else {
            switch (kind) {
                case "header" -> {
                    return header(name);
                }
                case "cookie" -> {
                    return new RequestPart("cookie." + HeaderName.of(name), new Place.InCookie(name));
                }
                case "query" -> {
                    return new RequestPart("query." + name, new Place.InQuery(name));
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException(
                "'" + written + "' is no part of a request (expected: header.NAME, cookie.NAME,"
                        + " query.NAME, method, path, query, host or client_ip)");
    }

    private static RequestPart header(String name) {
        HeaderName field = FieldValues.editable(HeaderName.of(name));
        return new RequestPart("header." + name.toLowerCase(Locale.ROOT), new Place.InHeader(field, null));
    }

    /// Whether it is something a client shows, and can leave out.
    boolean canBeCredential() {
        return place != null;
    }

    /// Null when the request has none, [Place#AMBIGUOUS] when it has several that differ.
    @Nullable
    Text find(Exchange exchange) {
        if (place != null) {
            return place.find(exchange);
        }
        RequestHead request = exchange.request();
        String query = request.query();
        return switch (name) {
            case "method" -> Text.of(request.method());
            case "path" -> Text.of(request.path());
            case "query" -> query == null ? null : Text.of(query);
            case "host" -> Text.of(request.host());
            default -> Text.of(request.clientAddress().getHostAddress());
        };
    }

    /// What holds it; empty for what every request has.
    Optional<CredentialCarrier> carrier() {
        return Optional.ofNullable(place).map(Place::carrier);
    }
}
