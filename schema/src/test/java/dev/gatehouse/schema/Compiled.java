package dev.gatehouse.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final String IMPORTS = """
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
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> written = new HashMap<>();
        try (JavaFileManager files = new InMemory(compiler, written)) {
            JavaCompiler.CompilationTask task =
                    compiler.getTask(new StringWriter(), files, diagnostics, List.of(), null, sources(source));
            task.setProcessors(List.of(new SettingsProcessor()));
            task.call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> resources = new HashMap<>();
        written.forEach((name, bytes) -> resources.put(name, bytes.toString(StandardCharsets.UTF_8)));
        return new Compiled(errors(diagnostics), resources);
    }

    String resource(String name) {
        String content = resources.get("META-INF/gatehouse/" + name);
        if (content == null) {
            throw new AssertionError(name + " was not written; errors: " + errors + ", written: " + resources.keySet());
        }
        return content;
    }

    /// With the annotations of the `api` module as they are written there: the processor knows only their names.
    private static List<JavaFileObject> sources(String source) throws IOException {
        return List.of(
                new Source("Test", IMPORTS + source),
                new Source("dev/gatehouse/api/config/Setting", Files.readString(API.resolve("Setting.java"))),
                new Source("dev/gatehouse/api/config/JsonText", Files.readString(API.resolve("JsonText.java"))),
                new Source("dev/gatehouse/api/config/Word", Files.readString(API.resolve("Word.java"))),
                new Source("dev/gatehouse/api/config/Settings", Files.readString(API.resolve("Settings.java"))));
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
        private final Map<String, ByteArrayOutputStream> written;

        InMemory(JavaCompiler compiler, Map<String, ByteArrayOutputStream> written) {
            super(compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8));
            this.written = written;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new Sink(className + kind.extension, kind, new ByteArrayOutputStream());
        }

        @Override
        public FileObject getFileForOutput(Location location, String packageName, String name, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            written.put(name, bytes);
            return new Sink(name, JavaFileObject.Kind.OTHER, bytes);
        }
    }

    private static final class Sink extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes;

        Sink(String name, Kind kind, ByteArrayOutputStream bytes) {
            super(URI.create("memory:///" + name), kind);
            this.bytes = bytes;
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }
}
