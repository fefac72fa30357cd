package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.config.Word;
import org.jspecify.annotations.Nullable;

/// How a client is told that its request was not served.
@Settings(name = "errors", value = "How clients are told that a request was not served.")
public record ErrorsConfig(
        @Setting(
                value =
                        "The form of error bodies: json is `{\"error\": {code, message, details}}`, problem+json is RFC 9457."
                                + " A client whose Accept prefers the other one gets that.",
                byDefault = "json")
        Format format,

        @Setting(
                "How much they tell: full adds the nearest routes, and which policy at which line refused; safe leaves that"
                        + " out. When left out: full on loopback, safe elsewhere.")
        @Nullable
        Expose expose,

        @Setting(
                value =
                        "Errors of services: pass sends them on untouched; standard keeps status and headers, and puts the"
                                + " standard form in place of bodies of 5xx and of 4xx with an empty body.",
                byDefault = "pass")
        FromServices fromServices) {
    public static final ErrorsConfig DEFAULT = new ErrorsConfig(Format.JSON, null, FromServices.PASS);

    /// The form of an error body.
    public enum Format {
        /// `{"error": {…}}`.
        JSON,
        /// RFC 9457.
        @Word("problem+json")
        PROBLEM
    }

    /// How much an error body tells of the configuration.
    public enum Expose {
        SAFE,
        FULL
    }

    /// What becomes of a service's own errors.
    public enum FromServices {
        PASS,
        STANDARD
    }
}
