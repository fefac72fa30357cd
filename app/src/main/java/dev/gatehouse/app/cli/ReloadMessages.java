package dev.gatehouse.app.cli;

import dev.gatehouse.app.reload.LiveConfig.Reload;
import dev.gatehouse.engine.config.source.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/// What the console says about a reload: one line when it was applied, all mistakes when it was not.
final class ReloadMessages {
    private final CommandLine command;
    private final Path file;
    private final RunOptions run;

    /// @param run how to speak; when it is to be quiet, only what went wrong is said
    ReloadMessages(CommandLine command, Path file, RunOptions run) {
        this.command = command;
        this.file = file;
        this.run = run;
    }

    void tell(Reload reload) {
        switch (reload) {
            case Reload.Unchanged ignored -> {}
            case Reload.Applied applied when run.isQuiet() -> {}
            case Reload.Applied applied -> {
                PrintWriter out = command.getOut();
                if (run.isJson()) {
                    out.println(json(applied));
                    out.flush();
                    return;
                }
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

    private String json(Reload.Applied applied) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", Instant.now().toString());
        fields.put("event", "config_applied");
        fields.put("config", file.toString());
        fields.put("before", "r" + applied.before());
        fields.put("revision", "r" + applied.after());
        fields.put("ms", applied.millis());
        fields.put("changes", applied.changes());
        fields.put("at_next_start", applied.restart());
        return Json.compact(fields);
    }
}
