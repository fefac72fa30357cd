package dev.gatehouse.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Finds test files: those whose names end in `.test.yaml`, and those of a pattern.
public final class TestFiles {
    private static final String ENDING = ".test.yaml";
    private static final String OTHER_ENDING = ".test.yml";

    /// The folder beside a configuration where tests are looked for.
    private static final String FOLDER = "tests";

    private static final int DEEPEST = 16;

    private TestFiles() {}

    /// Those that belong to a configuration: beside it, and anywhere in `tests` beside it.
    public static List<Path> beside(Path config) throws IOException {
        Path folder = folderOf(config);
        Set<Path> found = new TreeSet<>(in(folder, 1));
        found.addAll(in(folder.resolve(FOLDER), DEEPEST));
        return List.copyOf(found);
    }

    /// The file itself, or all in a folder and below it.
    public static List<Path> at(Path fileOrFolder) throws IOException {
        return Files.isDirectory(fileOrFolder) ? in(fileOrFolder, DEEPEST) : List.of(fileOrFolder);
    }

    /// What a pattern finds, in the order of names; a name without `*` and its like is itself.
    ///
    /// @param base what the pattern is relative to
    /// @throws IllegalArgumentException with a sentence for the user
    static List<Path> matching(Path base, String pattern) {
        try {
            Path prefix = base.resolve(fixedPart(pattern)).normalize();
            if (fixedPart(pattern).equals(pattern)) {
                return List.of(prefix);
            }
            PathMatcher matcher = FileSystems.getDefault()
                    .getPathMatcher("glob:" + base.normalize()
                            + FileSystems.getDefault().getSeparator() + pattern);
            PathMatcher without = FileSystems.getDefault()
                    .getPathMatcher("glob:" + base.normalize()
                            + FileSystems.getDefault().getSeparator() + pattern.replace("**/", ""));
            if (!Files.isDirectory(prefix)) {
                return List.of();
            }
            try (Stream<Path> all = Files.walk(prefix, DEEPEST)) {
                return all.filter(one -> matcher.matches(one) || without.matches(one))
                        .filter(Files::isRegularFile)
                        .sorted()
                        .toList();
            }
        } catch (InvalidPathException | PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + pattern + "' is not a name or a pattern", e);
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /// The folders in front of the first pattern.
    static String fixedPart(String pattern) {
        int special = 0;
        while (special < pattern.length() && "*?[{".indexOf(pattern.charAt(special)) < 0) {
            special++;
        }
        return special == pattern.length() ? pattern : pattern.substring(0, pattern.lastIndexOf('/', special) + 1);
    }

    private static List<Path> in(Path folder, int depth) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, depth)) {
            return all.filter(TestFiles::isTest)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isTest(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ENDING) || name.endsWith(OTHER_ENDING);
    }

    static Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }
}
