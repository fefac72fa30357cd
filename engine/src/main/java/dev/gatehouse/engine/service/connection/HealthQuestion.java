package dev.gatehouse.engine.service.connection;

import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import org.jspecify.annotations.Nullable;

/// What an instance is asked to see whether it is well, and how its answer is judged.
public interface HealthQuestion extends ServiceRequest {
    /// How many octets of the answer's body are looked at.
    int LONGEST = 1024;

    /// What was found.
    ///
    /// @param what the instance answered, for people
    record Verdict(boolean passes, String what) {}

    /// What is sent behind the head, where there is a body.
    byte[] body();

    /// By the head of the answer; null when the rest of it decides.
    @Nullable
    Verdict judge(ParsedResponse head);

    /// By the whole answer.
    ///
    /// @param body its first [#LONGEST] octets
    Verdict judge(ParsedResponse head, byte[] body, @Nullable Trailers trailers);
}
