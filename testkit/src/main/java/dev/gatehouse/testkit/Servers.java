package dev.gatehouse.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// Real programs for tests. A test that needs one which is not installed is skipped, with the reason printed.
public final class Servers {

    /// Where Debian has a program that is not named like its package.
    private static final Map<String, String> PACKAGES = Map.of(
            "nginx", "nginx-light",
            "ab", "apache2-utils",
            "htpasswd", "apache2-utils",
            "h2load", "nghttp2-client",
            "nghttp", "nghttp2-client",
            "etcd", "etcd-server",
            "promtool", "prometheus",
            "redis-cli", "redis-tools",
            "varnishtest", "varnish");

    private static final List<String> USUAL_FOLDERS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/snap/bin");

    private Servers() {}

    /// The program on the PATH or in a usual folder.
    public static Optional<Path> find(String program) {
        List<String> folders = new ArrayList<>();
        String path = System.getenv("PATH");
        if (path != null) {
            folders.addAll(List.of(path.split(File.pathSeparator)));
        }
        folders.addAll(USUAL_FOLDERS);
        return folders.stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /// The program, or the end of the test as skipped.
    public static Path require(String program) {
        Optional<Path> found = find(program);
        Assumptions.assumeTrue(
                found.isPresent(),
                () -> program + " is not installed: apt-get install " + PACKAGES.getOrDefault(program, program));
        return found.orElseThrow();
    }
}
