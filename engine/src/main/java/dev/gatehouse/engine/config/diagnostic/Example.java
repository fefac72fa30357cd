package dev.gatehouse.engine.config.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A mistake as somebody might make it, and the same file mended: what `gatehouse help CODE` shows. It is kept beside
/// [Code] as `GH1001.example`, in parts that begin with `--- wrong`, `--- right` and `--- beside NAME`.
///
/// @param wrong a whole gateway.yaml with this mistake
/// @param right the same without it, and without any other error
/// @param beside name to content of other files in the folder
public record Example(String wrong, String right, Map<String, String> beside) {
    private static final String PART = "--- ";
    private static final String BESIDE = "beside ";

    public Example {
        if (wrong.isEmpty() || right.isEmpty()) {
            throw new IllegalArgumentException("an example has a part '--- wrong' and a part '--- right'");
        }
        beside = Collections.unmodifiableMap(new LinkedHashMap<>(beside));
    }

    /// Empty for what is wrong with plug-ins: no configuration shows that.
    public static Optional<Example> of(Code code) {
        String name = code + ".example";
        try (InputStream in = Example.class.getResourceAsStream(name)) {
            if (in == null) {
                return Optional.empty();
            }
            return Optional.of(read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static Example read(String text) {
        Map<String, StringBuilder> parts = new LinkedHashMap<>();
        StringBuilder part = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.startsWith(PART)) {
                part = parts.computeIfAbsent(line.substring(PART.length()), _ -> new StringBuilder());
            } else {
                part.append(line).append('\n');
            }
        }
        Map<String, String> beside = new LinkedHashMap<>();
        parts.forEach((name, content) -> {
            if (name.startsWith(BESIDE)) {
                beside.put(name.substring(BESIDE.length()), content.toString());
            }
        });
        return new Example(part(parts, "wrong"), part(parts, "right"), beside);
    }

    private static String part(Map<String, StringBuilder> parts, String name) {
        return parts.getOrDefault(name, new StringBuilder()).toString();
    }
}
