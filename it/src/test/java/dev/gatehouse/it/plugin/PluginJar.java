package dev.gatehouse.it.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.schema.SettingsProcessor;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/// The jar of a plug-in, made as the build of one outside the reactor makes it: compiled against the API and JSpecify
/// alone, with the annotation processor of `schema`. Immutable.
final class PluginJar {
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE =
            Pattern.compile("^(?:public )?(?:final )?(?:class|record|interface) (\\w+)", Pattern.MULTILINE);

    private final Map<String, byte[]> entries;

    private PluginJar(Map<String, byte[]> entries) {
        this.entries = entries;
    }

    /// Of a Maven project: `src/main/java` and `src/main/resources`.
    static PluginJar ofProject(Path project) {
        Path resources = project.resolve("src/main/resources");
        PluginJar jar = of(sources(project.resolve("src/main/java")));
        for (Path resource : filesBelow(resources)) {
            jar = jar.with(resources.relativize(resource).toString(), read(resource));
        }
        return jar;
    }

    static String[] sources(Path folder) {
        return filesBelow(folder).stream().map(PluginJar::read).toArray(String[]::new);
    }

    /// Of sources, one type at the top of each.
    static PluginJar of(String... sources) {
        try {
            Path classes = Files.createTempDirectory("plugin-classes");
            try {
                compile(sources, classes);
                Map<String, byte[]> entries = new TreeMap<>();
                for (Path file : filesBelow(classes)) {
                    entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
                }
                return new PluginJar(entries);
            } finally {
                deleteAll(classes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(String[] sources, Path classes) {
        compile(sources, classes, place(Policy.class) + File.pathSeparator + place(NullMarked.class));
    }

    /// @param classPath all that the sources may use
    static void compile(String[] sources, Path classes, String classPath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        JavaCompiler.CompilationTask task = compiler.getTask(
                said,
                null,
                null,
                List.of("-d", classes.toString(), "-classpath", classPath),
                null,
                Arrays.stream(sources).map(Source::new).toList());
        task.setProcessors(List.of(new SettingsProcessor()));
        if (!task.call()) {
            throw new AssertionError("the plug-in does not compile:\n" + said);
        }
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// With one more file in it, or another content of it.
    PluginJar with(String entry, String text) {
        return with(entry, text.getBytes(UTF_8));
    }

    PluginJar with(String entry, byte[] content) {
        Map<String, byte[]> more = new TreeMap<>(entries);
        more.put(entry, content);
        return new PluginJar(more);
    }

    PluginJar without(String entry) {
        Map<String, byte[]> fewer = new TreeMap<>(entries);
        if (fewer.remove(entry) == null) {
            throw new AssertionError(entry + " is not among " + entries.keySet());
        }
        return new PluginJar(fewer);
    }

    byte[] entry(String name) {
        byte[] content = entries.get(name);
        if (content == null) {
            throw new AssertionError(name + " is not among " + entries.keySet());
        }
        return content.clone();
    }

    /// Written over what is there, in place.
    Path writeTo(Path file) {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                JarEntry written = new JarEntry(entry.getKey());
                written.setTime(0);
                jar.putNextEntry(written);
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static List<Path> filesBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        private Source(String text) {
            super(URI.create("memory:///" + name(text) + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        private static String name(String text) {
            Matcher in = PACKAGE.matcher(text);
            Matcher type = TYPE.matcher(text);
            String folder = in.find() ? in.group(1).replace('.', '/') + "/" : "";
            return folder + (type.find() ? type.group(1) : "package-info");
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
