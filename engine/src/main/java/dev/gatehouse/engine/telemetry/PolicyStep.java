package dev.gatehouse.engine.telemetry;

import java.util.List;

/// What one policy did to one exchange. Bodies and secrets never enter it.
///
/// @param policy its slot and, when it has one, its name: `rate_limit by-plan`
/// @param place where it is configured (`gateway.yaml:85:9`); empty when it was not written in a file
/// @param onAnswer whether it was asked on the way up
/// @param verdict what it said
/// @param shadow whether what it said was told only, and not done
/// @param facts what it noted, in order
/// @param reason one sentence for a denial, an answer, a skip, an error; else empty
/// @param nanos how long it took, its waiting included; -1 when nobody measured
public record PolicyStep(
        String policy,
        String place,
        boolean onAnswer,
        Verdict verdict,
        boolean shadow,
        List<String> facts,
        String reason,
        long nanos) {
    public PolicyStep {
        facts = List.copyOf(facts);
    }

    /// In one word.
    public enum Verdict {
        /// It had nothing against it and changed nothing.
        PASS,
        /// It let it pass, and changed something.
        MODIFY,
        /// It refused.
        DENY,
        /// It answered by itself.
        ANSWER,
        /// It was not for this request, or could not be asked offline.
        SKIP,
        /// It failed.
        ERROR
    }
}
