package dev.gatehouse.api.identity;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way to find out who calls. Made once per entry of `security.authentication`, shared by all routes and loops;
/// asked on the exchange's loop and never blocks.
///
/// Which of several is asked, what is told to the client and what is sent to the service is not its concern: the slot
/// `auth` sees to that. It is its concern to take its credential out of what is sent to the service, unless the user
/// wants it kept.
public interface Authenticator extends AutoCloseable {
    /// Looks for a credential of its kind and judges it.
    Authentication authenticate(Exchange exchange);

    /// What a client without a credential is told in `WWW-Authenticate` (RFC 9110 §11.6.1); null for methods that
    /// clients cannot be asked for.
    ///
    /// @param exchange whose client is going to be told
    default @Nullable String challenge(Exchange exchange) {
        return null;
    }

    /// What a client without a credential is told where no method can be asked for by a challenge, or where just
    /// this one is missing of several; null for "Missing authentication".
    ///
    /// @param exchange whose client is going to be told
    default @Nullable Failure missing(Exchange exchange) {
        return null;
    }

    /// Where clients put its credential; null when that is not one text in one place.
    default @Nullable CredentialPlace place() {
        return null;
    }

    /// Where in this request its credential stands; empty when none is shown, as far as that can be seen at once.
    /// When another method of the route said who calls, nobody has looked at what stands there: it is taken out of
    /// what the service is sent, whatever the user wants kept, or the service would take for proved what anybody
    /// can write.
    default List<CredentialCarrier> carriers(Exchange exchange) {
        return List.of();
    }

    /// Whether this gateway makes its credential itself, such as the cookie of a login: then no service is sent
    /// it, on whatever route it is shown, and [#carriers] is asked on all of them.
    default boolean isOwn() {
        return false;
    }

    /// Asked in place of a refusal when no credential was shown: [Authentication.Answered] sends the client to a
    /// login page, [Authentication.Refused] tells it why that cannot be, [Authentication.Awaited] has to ask
    /// somebody first. [Authentication#ABSENT] lets the client be refused.
    default Authentication invitation(Exchange exchange) {
        return Authentication.ABSENT;
    }

    /// Paths that are its own, whatever the routes say: requests for them are given to [#authenticate], which says
    /// anything but [Authentication.Identified]. A route of the user that is written with the very same path takes
    /// its place. Each starts with `/` and is matched as it stands.
    default List<String> paths() {
        return List.of();
    }

    /// The answer to somebody it identified is on its way: a renewed cookie can be put on it.
    default void onResponse(Exchange exchange, Response response) {}

    /// Nobody will ask it again. On any thread.
    @Override
    default void close() {}
}
