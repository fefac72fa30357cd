package dev.gatehouse.policy.auth.apikey;

import dev.gatehouse.policy.auth.place.Place;

/// Where clients send their key, in the words they are told it with.
record KeyPlace(Place place) {
    /// `in the header X-API-Key`
    String phrase() {
        return switch (place) {
            case Place.InHeader(var name, var scheme) ->
                "in the header " + name + (scheme == null ? "" : " as '" + scheme + " …'");
            case Place.InCookie(var name) -> "in the cookie " + name;
            case Place.InQuery(var name) -> "in the query parameter " + name;
        };
    }

    /// For `WWW-Authenticate` (RFC 9110 §11.6.1): a scheme and its parameters.
    String challenge() {
        return switch (place) {
            case Place.InHeader(var name, var scheme) ->
                scheme == null ? named("header", name.toString()) : scheme + " realm=\"api\"";
            case Place.InCookie(var name) -> named("cookie", name);
            case Place.InQuery(var name) -> named("query", name);
        };
    }

    /// There is no registered scheme for keys in places of their own; this one is widely used for it.
    private static String named(String in, String name) {
        return "ApiKey realm=\"api\", in=\"" + in + "\", name=\""
                + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
