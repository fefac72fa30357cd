package dev.gatehouse.policy.auth.bearer;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Authentication;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What clients are told of tokens that are no good (RFC 6750 §3.1). Never the token, nor what was expected of it.
public final class Refusals {
    private Refusals() {}

    /// 401.
    ///
    /// @param now by which it is said how long ago a token expired
    public static Authentication.Refused of(TokenFault fault, Instant now) {
        String challenge = "Bearer error=\"invalid_token\", error_description=\""
                + fault.kind().description() + "\"";
        Instant expired = fault.expired();
        if (expired == null) {
            String message = "The bearer token is not valid. " + fault.kind().sentence();
            Map<String, Object> details = Map.of(Failure.CAUSE, fault.why());
            return new Authentication.Refused(new Failure(FailureKind.INVALID_TOKEN, message, details), challenge);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("expired_at", expired.truncatedTo(ChronoUnit.SECONDS).toString());
        String message =
                "The bearer token expired " + ago(Duration.between(expired, now)) + ". Get a new one and try again.";
        return new Authentication.Refused(new Failure(FailureKind.TOKEN_EXPIRED, message, details), challenge);
    }

    /// 403: a good token that does not allow enough.
    public static Authentication.Refused insufficientScope(Set<String> required) {
        String scopes = String.join(" ", required);
        return new Authentication.Refused(
                new Failure(
                        FailureKind.FORBIDDEN,
                        "You are signed in, but your token needs the scopes: " + String.join(", ", required) + "."),
                "Bearer error=\"insufficient_scope\", scope=\"" + scopes + "\"");
    }

    /// `4 minutes ago`
    static String ago(Duration since) {
        long seconds = Math.max(0, since.toSeconds());
        if (seconds < 1) {
            return "just now";
        }
        if (seconds < 60) {
            return counted(seconds, "second");
        }
        if (seconds < 3600) {
            return counted(seconds / 60, "minute");
        }
        return seconds < 2 * 86_400 ? counted(seconds / 3600, "hour") : counted(seconds / 86_400, "day");
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s") + " ago";
    }
}
