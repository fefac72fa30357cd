package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import dev.gatehouse.engine.config.yaml.YamlReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the main file and what it includes, each once, in the order in which they are named. Patterns look into
/// folders, not below them; what they find is taken in the order of names.
final class FileSet {
    private static final long LARGEST = 64L << 20;

    private final Diagnostics diagnostics;
    private final Path base;
    private final List<SourceFile> sources = new ArrayList<>();
    private final List<Node.Mapping> documents = new ArrayList<>();
    private final Set<Path> read = new LinkedHashSet<>();
    private final Set<Path> folders = new LinkedHashSet<>();
    private final Deque<Path> reading = new ArrayDeque<>();

    /// @param main names of files are given relative to its folder
    FileSet(Path main, Diagnostics diagnostics) {
        Path folder = main.toAbsolutePath().normalize().getParent();
        this.base = folder == null ? main.toAbsolutePath().getRoot() : folder;
        this.diagnostics = diagnostics;
    }

    /// @param name as messages call it
    void readMain(Path path, String name) {
        String text = text(path, null, name);
        if (text != null) {
            add(new SourceFile(name, path.toAbsolutePath().normalize(), text));
        }
    }

    /// A file that was read, or exists nowhere.
    void add(SourceFile file) {
        read.add(file.path());
        sources.add(file);
        Node root = YamlReader.read(file, diagnostics);
        if (root == null) {
            return;
        }
        if (!(root instanceof Node.Mapping document)) {
            diagnostics.add(Diagnostic.error(
                            Code.GH1302, root.span(), "a configuration file is a map of sections, not " + root.noun())
                    .help("begin with a section, such as   routes:"));
            return;
        }
        documents.add(document);
        reading.push(file.path());
        if (document.get("include") instanceof Node.Sequence included) {
            included.items().forEach(item -> include(file, item));
        }
        reading.pop();
    }

    /// What was read, in that order.
    List<SourceFile> sources() {
        return sources;
    }

    /// In the order in which they were read.
    List<Node.Mapping> documents() {
        return documents;
    }

    /// The files that were read, or would have been.
    Set<Path> files() {
        return read;
    }

    /// The folders patterns looked into: a new file there is a change.
    Set<Path> folders() {
        return folders;
    }

    private void include(SourceFile from, Node item) {
        if (!(item instanceof Node.Scalar scalar) || scalar.isNothing()) {
            return; // told when `include` is decoded
        }
        Path folder = from.path().getParent();
        for (Path path : found(folder == null ? base : folder, scalar)) {
            if (reading.contains(path)) {
                diagnostics.add(Diagnostic.error(Code.GH0107, scalar.span(), "'" + scalar.text() + "' includes itself")
                        .label(path.equals(from.path()) ? "this file" : "it is what includes this file")
                        .help("remove one of the two 'include' lines"));
            } else if (!read.contains(path)) {
                String text = text(path, scalar, name(path));
                if (text != null) {
                    add(new SourceFile(name(path), path, text));
                }
            }
        }
    }

    private List<Path> found(Path folder, Node.Scalar pattern) {
        String text = pattern.text();
        int lastSlash = text.lastIndexOf('/');
        String file = text.substring(lastSlash + 1);
        try {
            Path in = folder.resolve(text.substring(0, lastSlash + 1)).normalize();
            if (!isPattern(text)) {
                return List.of(folder.resolve(text).normalize());
            }
            if (isPattern(text.substring(0, lastSlash + 1))) {
                diagnostics.add(Diagnostic.error(
                        Code.GH0107, pattern.span(), "'" + text + "': a pattern may stand for files, not for folders"));
                return List.of();
            }
            folders.add(in);
            return matching(in, file, pattern.span());
        } catch (InvalidPathException | PatternSyntaxException e) {
            diagnostics.add(Diagnostic.error(Code.GH0107, pattern.span(), "'" + text + "' is not a name or a pattern"));
            return List.of();
        }
    }

    private List<Path> matching(Path folder, String file, Span at) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + file);
        List<Path> found = List.of();
        try (Stream<Path> all = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            found = all.filter(one -> matcher.matches(one.getFileName())
                            && !one.getFileName().toString().startsWith(".")
                            && Files.isRegularFile(one))
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            diagnostics.add(Diagnostic.error(Code.GH0101, at, "the folder " + name(folder) + " cannot be read"));
            return List.of();
        }
        if (found.isEmpty()) {
            diagnostics.add(Diagnostic.warning(Code.GH2103, at, "no file matches '" + file + "' in " + shown(folder))
                    .help("remove it, or check the folder: it is relative to the file that includes"));
        }
        return found;
    }

    private static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /// @param at what includes it; null for the main file
    private @Nullable String text(Path path, Node.@Nullable Scalar at, String name) {
        read.add(path.toAbsolutePath().normalize());
        String why;
        try {
            if (Files.size(path) > LARGEST) {
                why = "it is larger than 64 MiB";
            } else {
                byte[] bytes = Files.readAllBytes(path);
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            }
        } catch (CharacterCodingException e) {
            why = "it is not UTF-8";
        } catch (IOException e) {
            why = reason(path);
        }
        Span span = at == null ? Span.at(new SourceFile(name, path, ""), 1, 1) : at.span();
        diagnostics.add(Diagnostic.error(Code.GH0101, span, "the file " + name + " cannot be read: " + why));
        return null;
    }

    private static String reason(Path path) {
        if (!Files.exists(path)) {
            return "it does not exist";
        }
        return Files.isDirectory(path) ? "it is a folder" : "this user may not read it";
    }

    private String shown(Path folder) {
        String name = name(folder);
        return name.isEmpty() ? "this folder" : name;
    }

    /// As messages call it.
    private String name(Path path) {
        return path.startsWith(base) ? base.relativize(path).toString() : path.toString();
    }
}
