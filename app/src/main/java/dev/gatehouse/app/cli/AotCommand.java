package dev.gatehouse.app.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse aot`: lets a JVM like this one start, work and end once, and keeps what it has loaded, linked and learnt
/// in a file (an AOT cache, JEP 483, 514 and 515). The launcher names the file to every later start. It fits one build
/// of
/// the JVM and one class path, so it is made where it is used; a JVM it does not fit ignores it.
@Command(
        name = "aot",
        mixinStandardHelpOptions = true,
        description = "Make the next starts faster: keep what the JVM loads and links in a file that fits this JDK.",
        footer = {
            "",
            "Once after unpacking, and again after an update of the JDK. Takes some seconds.",
            "",
            "Examples:",
            "  gatehouse aot                                  where the launcher looks for it",
            "  gatehouse aot -q                               in the build of an image",
            "  gatehouse aot --output /tmp/some.aot           for  -XX:AOTCache=/tmp/some.aot",
        })
final class AotCommand implements Callable<Integer> {
    /// Said by the launcher: where it will look for the file.
    private static final String PLACE = "gatehouse.aot";

    private static final long PATIENCE_SECONDS = 120;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--output", paramLabel = "FILE", description = "Where to (default: beside the jars).")
    private @Nullable Path output;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but errors.")
    private boolean quiet;

    @Option(names = "--rehearse", hidden = true, description = "Be the JVM that is watched.")
    private boolean rehearse;

    @Override
    public Integer call() throws Exception {
        if (rehearse) {
            Rehearsal.play();
            return 0;
        }
        Path place = place();
        // Written beside it and moved: a start at the same moment finds the old file or the new one.
        Path made = Files.createTempFile(place.getParent(), "gatehouse", ".aot.new");
        try {
            record(made);
            Files.move(made, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
        if (!quiet) {
            long mebibytes = Files.size(place) >> 20;
            spec.commandLine().getOut().println(place + ": " + mebibytes + " MiB, used from the next start on");
        }
        return 0;
    }

    private Path place() throws IOException {
        String usual = System.getProperty(PLACE);
        if (output == null && usual == null) {
            throw new IllegalArgumentException("not started by the launcher: say where to with --output FILE");
        }
        Path place = (output == null ? Path.of(usual) : output).toAbsolutePath();
        if (!Files.isWritable(place.getParent())) {
            throw new IOException("the folder " + place.getParent() + " cannot be written to");
        }
        return place;
    }

    private static void record(Path made) throws IOException, InterruptedException {
        Path said = Files.createTempFile("gatehouse-aot", ".log");
        try {
            Process watched = new ProcessBuilder(command(made))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = watched.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                watched.destroyForcibly();
            }
            if (!ended || watched.exitValue() != 0 || Files.size(made) == 0) {
                String text = Files.readString(said, StandardCharsets.UTF_8).strip();
                throw new IOException("the JVM wrote no cache" + (ended ? "" : " in time") + ": " + text);
            }
        } finally {
            Files.deleteIfExists(said);
        }
    }

    /// This JVM again: the cache holds only for the options and the class path it was made with.
    private static List<String> command(Path made) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-XX:AOT") && !option.startsWith("-XX:TieredStopAtLevel="))
                .forEach(command::add);
        command.addAll(List.of("-XX:AOTCacheOutput=" + made, "-Xlog:aot=error"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.gatehouse.app.Main"));
        command.addAll(List.of("aot", "--rehearse"));
        return command;
    }
}
