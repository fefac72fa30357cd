package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.Set;

/// Where a client is sent instead of being answered.
@Settings(name = "route.redirect", value = "Sends the client to another address; no service is called.")
public record RedirectConfig(
        @Setting(
                "The new address: a path, or a URL whose host is fixed or {request.host}. A template. The client's query is"
                        + " kept unless this has a `?`; one at the end drops it.")
        String to,

        @Setting(
                value =
                        "301 or 308 (for good), 302 or 307 (for now), 303 (see there with GET). 307 and 308 keep method and"
                                + " body, so that a POST arrives as one.",
                byDefault = "308",
                min = "301",
                max = "308")
        int status) {
    private static final int USUAL = 308;
    private static final int HTTPS = 443;
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    public RedirectConfig {
        if (!STATUSES.contains(status)) {
            throw new IllegalArgumentException(
                    "status: " + status + " (expected: one of 301, 302, 303, 307, 308; 308 unless you say)");
        }
        if (to.isBlank()) {
            throw new IllegalArgumentException("to: a redirect needs an address, such as /new or https://new.example/");
        }
    }

    public static RedirectConfig of(String to) {
        return new RedirectConfig(to, USUAL);
    }

    /// The same host, path and query over https, as a listener with `redirect_to: https` answers.
    ///
    /// @param port where https is served
    public static RedirectConfig toHttps(int port) {
        return of("https://{request.host}" + (port == HTTPS ? "" : ":" + port) + "/{request.path}");
    }
}
