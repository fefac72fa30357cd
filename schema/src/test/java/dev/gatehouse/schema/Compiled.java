package dev.gatehouse.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Source compiled in memory with the processor, and the annotations by their names only: what came out, and the
/// errors as `line 2: message`, counted from the first line of the test's source.
record Compiled(List<String> errors, Map<String, String> resources) {

    private static final Path API = Path.of("..", "api", "src", "main", "java", "dev", "gatehouse", "api", "config");
    private static final String FACTORY =
            "package dev.gatehouse.api.policy; public interface PolicyFactory<C extends Record> {}";
    private static final String IMPORTS = """
        import dev.gatehouse.api.policy.PolicyFactory;
        import dev.gatehouse.api.config.ConfigSection;
        import dev.gatehouse.api.config.JsonText;
        import dev.gatehouse.api.config.Setting;
        import dev.gatehouse.api.config.Settings;
        import dev.gatehouse.api.config.Word;
        import java.time.Duration;
        import java.util.List;
        import java.util.Map;
        import org.jspecify.annotations.Nullable;
        """;

    static Compiled of(String source) {
        return of(Map.of("Test", source), Map.of());
    }

    /// @param classes a public class and what stands beside it, each
    /// @param resources that are in the output already, by their whole names
    static Compiled of(Map<String, String> classes, Map<String, String> resources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Map<String, String> output = new HashMap<>(resources);
        try (JavaFileManager files = new InMemory(compiler, output)) {
            JavaCompiler.CompilationTask task =
                    compiler.getTask(new StringWriter(), files, diagnostics, List.of(), null, sources(classes));
            task.setProcessors(List.of(new SettingsProcessor()));
            task.call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Compiled(errors(diagnostics), output);
    }

    String resource(String name) {
        String content = resources.get("META-INF/gatehouse/" + name);
        if (content == null) {
            throw new AssertionError(name + " was not written; errors: " + errors + ", written: " + resources.keySet());
        }
        return content;
    }

    /// With the annotations of the `api` module as they are written there: the processor knows only their names.
    private static List<JavaFileObject> sources(Map<String, String> classes) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        classes.forEach((name, source) -> sources.add(new Source(name, IMPORTS + source)));
        for (String name : List.of("Setting", "JsonText", "Word", "Settings", "ConfigSection")) {
            String text = Files.readString(API.resolve(name + ".java"));
            sources.add(new Source("dev/gatehouse/api/config/" + name, text));
        }
        sources.add(new Source("dev/gatehouse/api/policy/PolicyFactory", FACTORY));
        return sources;
    }

    private static List<String> errors(DiagnosticCollector<JavaFileObject> diagnostics) {
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(error -> "line " + (error.getLineNumber() - IMPORTS.lines().count()) + ": "
                        + error.getMessage(Locale.ROOT))
                .toList();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /// Keeps resources and throws classes away.
    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, String> resources;

        InMemory(JavaCompiler compiler, Map<String, String> resources) {
            super(compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8));
            this.resources = resources;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new Resource(className + kind.extension, kind, new HashMap<>());
        }

        @Override
        public FileObject getFileForOutput(Location location, String packageName, String name, FileObject sibling) {
            return new Resource(name, JavaFileObject.Kind.OTHER, resources);
        }
    }

    private static final class Resource extends SimpleJavaFileObject {
        private final String name;
        private final Map<String, String> all;

        Resource(String name, Kind kind, Map<String, String> all) {
            super(URI.create("memory:///" + name), kind);
            this.name = name;
            this.all = all;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) throws NoSuchFileException {
            String content = all.get(name);
            if (content == null) {
                throw new NoSuchFileException(name);
            }
            return content;
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    all.put(name, toString(StandardCharsets.UTF_8));
                }
            };
        }
    }
}
