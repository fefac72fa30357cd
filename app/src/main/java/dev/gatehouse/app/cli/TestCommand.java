package dev.gatehouse.app.cli;

import dev.gatehouse.app.reload.ConfigWatch;
import dev.gatehouse.app.testing.JUnitReport;
import dev.gatehouse.app.testing.RunningGatewayTests;
import dev.gatehouse.app.testing.TestFiles;
import dev.gatehouse.app.testing.TestJson;
import dev.gatehouse.app.testing.TestReport;
import dev.gatehouse.app.testing.TestSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse test`: the request tests beside a configuration.
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Run request tests: no port is opened, no service called, no time waited for.",
        footer = {
            "",
            "Ends with 0 when all pass, 2 when one fails, 1 when a file has mistakes.",
            "",
            "Examples:",
            "  gatehouse test                                 *.test.yaml here and in tests/",
            "  gatehouse test tests/shop.test.yaml --watch    again after each change",
            "  gatehouse test --coverage --junit report.xml   what no test has seen; for CI",
            "  gatehouse test --against http://localhost:8080 the same requests to a running gateway",
        })
final class TestCommand implements Callable<Integer> {
    private static final int MISTAKES = 1;
    private static final int FAILED = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = "gateway.yaml",
            description = "The configuration of test files that name none (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("gateway.yaml");

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Test files, or folders of them (default: those beside the configuration).")
    private List<Path> paths = List.of();

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description = "Only tests whose name contains this; * stands for anything.")
    private @Nullable String only;

    @Option(names = "--coverage", description = "List the decisions no test has seen.")
    private boolean coverage;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write a report in JUnit's form, too.")
    private @Nullable Path junit;

    @Option(names = "--json", description = "Say it in JSON.")
    private boolean json;

    @Option(names = "--watch", description = "Run again after each change of a test or its configuration.")
    private boolean watch;

    @Option(
            names = "--against",
            paramLabel = "URL",
            description = "Send the requests to this gateway; what only a rehearsal knows is not checked.")
    private @Nullable URI against;

    @Override
    public Integer call() throws Exception {
        if (!watch) {
            return run(files()).code;
        }
        watch();
        return 0;
    }

    /// @param read every file whose content had a say
    private record Ended(int code, Set<Path> read) {}

    private Ended run(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            err().println("error: no tests: write tests/gateway.test.yaml beside " + file
                    + ", or name files. See docs/guide/testing.md");
            err().flush();
            return new Ended(MISTAKES, Set.of());
        }
        TestSession session = new TestSession(plugins.options(), file, wanted());
        TestSession.Result result = against == null ? session.run(files) : sent(session, files, against);
        if (!result.mistakes().isEmpty()) {
            err().print(MistakeText.of(result.mistakes()));
            err().flush();
        }
        if (result.hasErrors()) {
            return new Ended(MISTAKES, result.read());
        }
        if (junit != null) {
            Files.writeString(junit, JUnitReport.of(result));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? TestJson.of(result) : TestReport.of(result, coverage, Ansi.AUTO.enabled()));
        out.flush();
        if (result.count() == 0) {
            err().println("error: no test is called so: " + only);
            err().flush();
            return new Ended(MISTAKES, result.read());
        }
        return new Ended(result.failed() == 0 ? 0 : FAILED, result.read());
    }

    private static TestSession.Result sent(TestSession session, List<Path> files, URI gateway) {
        try (RunningGatewayTests running = new RunningGatewayTests(gateway)) {
            return session.run(files, running);
        }
    }

    private List<Path> files() throws IOException {
        if (paths.isEmpty()) {
            return TestFiles.beside(file);
        }
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            files.addAll(TestFiles.at(path));
        }
        return files;
    }

    private Predicate<String> wanted() {
        if (only == null) {
            return _ -> true;
        }
        StringBuilder pattern = new StringBuilder();
        for (String part : only.split("\\*", -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE).asPredicate();
    }

    /// Until somebody ends the process.
    private void watch() throws IOException, InterruptedException {
        Set<Path> read = new TreeSet<>(run(files()).read());
        try (ConfigWatch _ = new ConfigWatch(() -> watched(read), () -> again(read))) {
            new CountDownLatch(1).await();
        }
    }

    /// What was read, and the tests there are now.
    private Set<Path> watched(Set<Path> read) {
        Set<Path> all = new TreeSet<>(read);
        try {
            files().forEach(one -> all.add(one.toAbsolutePath().normalize()));
        } catch (IOException e) {
            // Told when it runs again.
        }
        return all;
    }

    private void again(Set<Path> read) {
        try {
            PrintWriter out = spec.commandLine().getOut();
            out.println();
            out.flush();
            read.addAll(run(files()).read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
