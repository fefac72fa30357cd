package dev.gatehouse.app.cli;

import dev.gatehouse.app.reload.LiveConfig.Reload;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/// What the console says about a reload: one line when it was applied, all mistakes when it was not.
final class ReloadMessages {
    private final CommandLine command;
    private final Path file;
    private final boolean quiet;

    /// @param quiet whether only what went wrong is said
    ReloadMessages(CommandLine command, Path file, boolean quiet) {
        this.command = command;
        this.file = file;
        this.quiet = quiet;
    }

    void tell(Reload reload) {
        switch (reload) {
            case Reload.Unchanged ignored -> {}
            case Reload.Applied applied when quiet -> {}
            case Reload.Applied applied -> {
                PrintWriter out = command.getOut();
                out.println("config r" + applied.before() + " → r" + applied.after() + " applied in " + applied.millis()
                        + " ms: " + applied.changes() + " (" + file + ")");
                if (!applied.restart().isEmpty()) {
                    out.println("  takes effect at the next start: " + String.join(", ", applied.restart()));
                }
                out.flush();
            }
            case Reload.Refused refused -> {
                PrintWriter err = command.getErr();
                err.print(MistakeText.of(refused.diagnostics()));
                err.println("config not changed: what runs stays as it is (" + file + ")");
                err.flush();
            }
            case Reload.Failed failed -> {
                PrintWriter err = command.getErr();
                err.println("error: " + failed.why());
                err.println("config not changed: what runs stays as it is (" + file + ")");
                err.flush();
            }
        }
    }
}
