package dev.gatehouse.app.cli;

import dev.gatehouse.engine.config.Moment;
import dev.gatehouse.engine.config.decode.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Points in time of a command line as the file has them: `90d` from now becomes `2027-02-20T12:00:00Z`.
final class FileMoment {
    private FileMoment() {}

    /// @param option it was written behind, for the message
    /// @throws ParameterException when it is neither a time from now nor a moment
    static String of(String written, String option, CommandSpec spec) {
        Duration fromNow = Units.time(written);
        String text = fromNow == null
                ? written
                : Instant.now().plus(fromNow).truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            Moment.of(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
        return text;
    }
}
