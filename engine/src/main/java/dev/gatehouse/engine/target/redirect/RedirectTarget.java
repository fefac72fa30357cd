package dev.gatehouse.engine.target.redirect;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.template.TemplateException;
import dev.gatehouse.engine.config.RedirectConfig;
import dev.gatehouse.engine.target.AnsweringTarget;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.http1.HeadWriter;

/// Sends clients to another address (RFC 9110 §15.4): a status, a Location, no body. Immutable; shared by all loops.
public final class RedirectTarget extends AnsweringTarget {
    private static final int USUAL_LENGTH = 256;

    private final Redirect redirect;

    private RedirectTarget(Redirect redirect) {
        this.redirect = redirect;
    }

    /// @throws TemplateException with a sentence for the user
    public static RedirectTarget of(RedirectConfig config) {
        return new RedirectTarget(Redirect.of(config));
    }

    @Override
    protected void answer(TargetClient client) {
        String location = redirect.location(client, new HeadWriter(USUAL_LENGTH));
        if (location == null) {
            client.fail(new Failure(
                    FailureKind.BAD_REQUEST, "This request cannot be sent on: it names no host, or a path outside."));
        } else {
            client.respond(Response.of(redirect.status(), Body.EMPTY).set(HeaderName.LOCATION, location));
        }
    }

    @Override
    public String toString() {
        return "redirect " + redirect.status();
    }
}
