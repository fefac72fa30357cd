package dev.gatehouse.policy.auth.external;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.identity.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an auth service has said. Immutable, shared by all who asked the same.
sealed interface Verdict {
    /// It may pass.
    ///
    /// @param identity without its consumer, who may be another one tomorrow
    /// @param consumer whom the answer names; null for none
    /// @param fields that the service is sent
    record Passes(Identity identity, @Nullable String consumer, List<Field> fields) implements Verdict {}

    /// It may not.
    ///
    /// @param status 401 or 403
    /// @param challenge what the auth service says in `WWW-Authenticate`; null when it says nothing
    record Refuses(int status, @Nullable String challenge) implements Verdict {}

    /// The client is to go somewhere else. For the one who asked alone: its cookies are nobody else's.
    record SendsAway(int status, String location, List<String> cookies) implements Verdict {}

    /// A field that comes from the auth service.
    record Field(HeaderName name, String value) {}
}
