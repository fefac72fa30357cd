package com.example.gatehouse.hours;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.api.metrics.Counter;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/// Sends away who comes while the shop is closed.
final class OpeningHoursPolicy implements Policy {
    private final OpeningHours hours;
    private final ZoneId zone;
    private final String message;
    private final TimeSource time;
    private final Counter turnedAway;

    OpeningHoursPolicy(OpeningHoursConfig config, TimeSource time, Counter turnedAway) {
        this.hours = new OpeningHours(config.opens().time(), config.closes().time());
        this.zone = ZoneId.of(config.zone());
        this.message = config.message();
        this.time = time;
        this.turnedAway = turnedAway;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        ZonedDateTime now = time.now().atZone(zone);
        boolean open = hours.isOpen(now.toLocalTime());
        if (exchange.isRecorded()) {
            exchange.note("at " + now.toLocalTime().truncatedTo(ChronoUnit.MINUTES) + (open ? " open" : " closed"));
        }
        if (open) {
            return Decision.CONTINUE;
        }
        exchange.count(turnedAway);
        // Rounded up: who comes back to the second should not stand before a closed door.
        long seconds = hours.untilOpen(now).toSeconds() + 1;
        return new Decision.Respond(Response.of(503, Body.of(message + "\n"))
                .set(HeaderName.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HeaderName.RETRY_AFTER, String.valueOf(seconds)));
    }
}
