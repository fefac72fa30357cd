package dev.gatehouse.app.admin.view;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A certificate that the gateway gets by itself (ACME).
///
/// @param hosts those it is for
/// @param directory the issuer's
/// @param notAfter until when the one holds that is shown now; null while there is none
/// @param lastAttempt when the last order ended; null when none did since the start
/// @param problem why it failed; null when it did not
/// @param next when the next order is due; null while one is under way
public record ObtainedCertificate(
        List<String> hosts,
        String directory,
        State state,
        @Nullable Instant notAfter,
        @Nullable Instant lastAttempt,
        @Nullable String problem,
        @Nullable Instant next) {
    public ObtainedCertificate {
        hosts = List.copyOf(hosts);
    }

    /// How it stands.
    public enum State {
        VALID,
        ORDERING,
        FAILING;

        /// `valid`, `ordering`, `failing`.
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
