package dev.gatehouse.policy.auth.mtls;

import dev.gatehouse.api.identity.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the settings make of one certificate. Immutable: the same for every request with it.
///
/// @param identity without its consumer; null for a certificate that is not taken
/// @param consumers names that may be a consumer's, of which one has to be meant
/// @param why it is not taken, for operators; null when it is
record Holder(
        @Nullable Identity identity,
        List<String> consumers,
        @Nullable String why) {
    static Holder refused(String why) {
        return new Holder(null, List.of(), why);
    }
}
