package dev.gatehouse.app.testing;

import dev.gatehouse.app.testing.TestsConfig.OnFailure;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The tests a configuration names under `tests`: run before it does. A promise that is not kept is a mistake like any
/// other, at the line of the test that makes it.
public final class BoundTests {
    private final Loaded config;
    private final TestsConfig written;
    private final Path base;
    private final Diagnostics diagnostics = new Diagnostics();

    private BoundTests(Loaded config, TestsConfig written) {
        this.config = config;
        this.written = written;
        this.base = TestFiles.folderOf(config.sources().getFirst().path());
    }

    /// What they say.
    ///
    /// @param config without errors, its routes' included
    /// @param options it was loaded with
    /// @return empty when all promises are kept, or there is no test
    public static List<Diagnostic> run(Loaded config, LoadOptions options) {
        BoundTests tests = of(config);
        if (tests == null) {
            return List.of();
        }
        tests.runAll(options);
        return tests.diagnostics.all();
    }

    /// The files whose content decides what [#run] says. To be asked again at every look: a pattern may find more
    /// of them.
    public static Set<Path> files(Loaded config) {
        BoundTests tests = of(config);
        return tests == null ? Set.of() : new TreeSet<>(tests.found().keySet());
    }

    /// Whether it names any.
    public static boolean areNamed(Loaded config) {
        GatewayConfig found = config.config();
        return found != null && found.sections().containsKey(TestsSection.NAME);
    }

    private static @Nullable BoundTests of(Loaded config) {
        GatewayConfig found = config.config();
        Record section = found == null ? null : found.sections().get(TestsSection.NAME);
        return section instanceof TestsConfig written && !config.sources().isEmpty()
                ? new BoundTests(config, written)
                : null;
    }

    private void runAll(LoadOptions options) {
        TestRun run = new TestRun(options);
        found().forEach((path, at) -> {
            TestFile file = TestFile.read(path, name(path), options.environment());
            List<Diagnostic> mistakes = new ArrayList<>(file.diagnostics());
            GatewayConfig found = config.config();
            if (!file.hasErrors() && found != null) {
                mistakes.addAll(isOfAnother(file));
                mistakes.addAll(MockCheck.of(file, found));
            }
            mistakes.forEach(diagnostics::add);
            if (mistakes.stream().noneMatch(Diagnostic::isError)) {
                file.tests().forEach(test -> tell(run.run(file, test, config)));
            }
        });
    }

    private void tell(TestResult result) {
        boolean refuses = written.onFailure() == OnFailure.REFUSE;
        String test = result.test().name();
        result.misses().forEach(miss -> diagnostics.add(refuses ? miss.error(test) : miss.warning(test)));
    }

    private List<Diagnostic> isOfAnother(TestFile file) {
        Path other = file.config();
        SourceFile main = config.sources().getFirst();
        if (other == null || other.equals(main.path())) {
            return List.of();
        }
        Node named = file.document().get("config");
        Span at = named == null ? file.document().span() : named.span();
        return List.of(Diagnostic.error(Code.GH1305, at, "these are tests of another configuration than " + main.name())
                .label("which names them under 'tests'")
                .build());
    }

    /// With the place that names each.
    private SequencedMap<Path, Span> found() {
        SequencedMap<Path, Span> all = new LinkedHashMap<>();
        for (int i = 0; i < written.files().size(); i++) {
            String pattern = written.files().get(i);
            Span at = place(i);
            try {
                List<Path> found = TestFiles.matching(base, pattern);
                found.forEach(file -> all.putIfAbsent(file, at));
                if (found.isEmpty()) {
                    diagnostics.add(Diagnostic.warning(Code.GH2103, at, "no file matches '" + pattern + "'")
                            .help("remove it, or check the folder: it is relative to the configuration"));
                }
            } catch (IllegalArgumentException e) {
                diagnostics.add(Diagnostic.error(Code.GH0107, at, String.valueOf(e.getMessage())));
            }
        }
        return all;
    }

    private Span place(int index) {
        for (String path : List.of("tests.files[" + index + "]", "tests[" + index + "]", "tests")) {
            Node node = config.node(path);
            if (node != null) {
                return node.span();
            }
        }
        return Span.at(config.sources().getFirst(), 1, 1);
    }

    /// As messages call it: beside the configuration's own name.
    private String name(Path path) {
        SourceFile main = config.sources().getFirst();
        Path folder = TestFiles.folderOf(Path.of(main.name()));
        Path relative = path.startsWith(base) ? base.relativize(path) : path;
        return folder.resolve(relative).toString();
    }
}
