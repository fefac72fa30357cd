package dev.gatehouse.app.testing;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.Span;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One run of `gatehouse test`: files, their configurations, their tests. All mistakes of all files are told
/// before any test runs.
public final class TestSession {
    private final LoadOptions options;
    private final Path config;
    private final Predicate<String> wanted;
    private final TestRun run;
    private final Map<Path, @Nullable Loaded> configs = new HashMap<>();
    private final Set<Path> read = new TreeSet<>();
    private final List<Diagnostic> mistakes = new ArrayList<>();

    /// What came of one file.
    public record FileRun(TestFile file, List<TestResult> results) {
        public FileRun {
            results = List.copyOf(results);
        }
    }

    /// @param runs in the order of the files; empty when there are mistakes
    /// @param mistakes errors and warnings of test files and configurations
    /// @param coverage null when a running gateway was asked
    /// @param read every file whose content had a say
    public record Result(
            List<FileRun> runs,
            List<Diagnostic> mistakes,
            @Nullable Coverage coverage,
            Set<Path> read) {
        public Result {
            runs = List.copyOf(runs);
            mistakes = List.copyOf(mistakes);
            read = Set.copyOf(read);
        }

        public boolean hasErrors() {
            return mistakes.stream().anyMatch(Diagnostic::isError);
        }

        /// How many tests ran.
        public long count() {
            return runs.stream().mapToLong(one -> one.results().size()).sum();
        }

        public long failed() {
            return runs.stream()
                    .flatMap(one -> one.results().stream())
                    .filter(one -> !one.passed())
                    .count();
        }
    }

    /// @param config of test files that name none
    /// @param wanted which tests, by name
    public TestSession(LoadOptions options, Path config, Predicate<String> wanted) {
        this.options = options;
        this.config = config;
        this.wanted = wanted;
        this.run = new TestRun(options);
    }

    /// Runs them here, without a socket.
    ///
    /// @param paths files, as messages call them
    public Result run(List<Path> paths) {
        List<TestFile> files = read(paths);
        files.forEach(this::configOf);
        if (mistakes.stream().anyMatch(Diagnostic::isError)) {
            return new Result(List.of(), mistakes, run.coverage(), read);
        }
        List<FileRun> runs = new ArrayList<>();
        for (TestFile file : files) {
            Loaded loaded = configOf(file);
            if (loaded != null) {
                runs.add(new FileRun(
                        file,
                        chosen(file).stream()
                                .map(test -> run.run(file, test, loaded))
                                .toList()));
            }
        }
        return new Result(runs, mistakes, run.coverage(), read);
    }

    /// Sends them to a gateway that runs.
    public Result run(List<Path> paths, RunningGatewayTests gateway) {
        List<TestFile> files = read(paths);
        if (mistakes.stream().anyMatch(Diagnostic::isError)) {
            return new Result(List.of(), mistakes, null, read);
        }
        List<FileRun> runs = new ArrayList<>();
        files.forEach(file -> runs.add(
                new FileRun(file, chosen(file).stream().map(gateway::run).toList())));
        return new Result(runs, mistakes, null, read);
    }

    private List<RequestTest> chosen(TestFile file) {
        return file.tests().stream().filter(test -> wanted.test(test.name())).toList();
    }

    private List<TestFile> read(List<Path> paths) {
        List<TestFile> files = new ArrayList<>();
        for (Path path : paths) {
            TestFile file = TestFile.read(path, path.toString(), options.environment());
            files.add(file);
            read.add(file.source().path());
            mistakes.addAll(file.diagnostics());
        }
        return files;
    }

    /// What a file tests; null when that has errors, which are among the mistakes.
    private @Nullable Loaded configOf(TestFile file) {
        if (file.hasErrors()) {
            return null;
        }
        Path named = file.config();
        Path path = named == null ? config.toAbsolutePath().normalize() : named;
        if (!configs.containsKey(path)) {
            configs.put(path, load(file, path, named == null ? config.toString() : shown(named)));
        }
        Loaded loaded = configs.get(path);
        GatewayConfig found = loaded == null ? null : loaded.config();
        if (found != null) {
            List<Diagnostic> about = MockCheck.of(file, found);
            about.stream().filter(one -> !mistakes.contains(one)).forEach(mistakes::add);
        }
        return loaded;
    }

    private @Nullable Loaded load(TestFile file, Path path, String name) {
        read.add(path);
        if (!Files.exists(path)) {
            var at = file.document().get("config");
            Span place = at == null ? Span.at(file.source(), 1, 1) : at.span();
            mistakes.add(Diagnostic.error(
                            Code.GH0101, place, "the configuration " + name + " cannot be read: it does not exist")
                    .help("say which is meant:   config: ../gateway.yaml")
                    .build());
            return null;
        }
        Loaded loaded = ConfigLoader.load(path, name, options);
        read.addAll(loaded.files());
        ConfigCheck check = ConfigCheck.dryRun(loaded);
        if (check.hasErrors()) {
            mistakes.addAll(check.diagnostics());
            return null;
        }
        return loaded;
    }

    /// Relative to where the user is, when it is below.
    private static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }
}
