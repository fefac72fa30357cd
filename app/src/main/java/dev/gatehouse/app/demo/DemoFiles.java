package dev.gatehouse.app.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.engine.config.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The demo's files, with the places of this run put in: what the demo runs from is what it writes.
///
/// @param places of the instances, by their names
public record DemoFiles(Map<String, String> places, int port, int adminPort) {
    /// What the gateway's file is called while it is in no folder.
    public static final String BUILT_IN = "built-in demo";

    public static final String GATEWAY = "gateway.yaml";
    public static final String README = "README.md";

    /// Where the admin API is unless something else has that port.
    public static final int ADMIN_PORT = 9000;

    public DemoFiles {
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /// The gateway's file, as something that can be loaded though it is in no folder.
    public SourceFile gateway() {
        return new SourceFile(BUILT_IN, Path.of(BUILT_IN), text(GATEWAY));
    }

    /// Writes the files into a folder, which is made when it is not there.
    ///
    /// @param firstPort of the services when they run by themselves
    /// @return what was written
    /// @throws FileAlreadyExistsException before anything is written, when one of them is there already
    public List<Path> writeTo(Path folder, int firstPort) throws IOException {
        Path gateway = folder.resolve(GATEWAY);
        Path readme = folder.resolve(README);
        for (Path file : List.of(gateway, readme)) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
        }
        Files.createDirectories(folder);
        Files.writeString(gateway, text(GATEWAY));
        String option = firstPort == DemoServices.FIRST_PORT ? "" : " --first-port " + firstPort;
        Files.writeString(
                readme,
                text(README)
                        .replace("@first-port-option@", option)
                        .replace("@admin-option@", adminPort == ADMIN_PORT ? "" : " --admin " + adminPort));
        return List.of(gateway, readme);
    }

    private String text(String name) {
        String text = resource(name)
                .replace("@port@", Integer.toString(port))
                .replace("@admin-port@", Integer.toString(adminPort));
        for (Map.Entry<String, String> place : places.entrySet()) {
            text = text.replace("@" + place.getKey() + "@", place.getValue());
        }
        for (DemoKey key : DemoKey.values()) {
            text = key.into(text);
        }
        return text;
    }

    private static String resource(String name) {
        try (InputStream in = DemoFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the demo's " + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
