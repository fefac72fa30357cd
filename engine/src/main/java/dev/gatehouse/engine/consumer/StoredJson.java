package dev.gatehouse.engine.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Json;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.yaml.YamlReader;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The small records in the store: an object of texts, lists of texts, and times. Read by the reader of YAML, of which
/// JSON is a part. Members that are not known are left alone, so that gateways of two versions can share a store.
final class StoredJson {
    private final Node.Mapping members;

    private StoredJson(Node.Mapping members) {
        this.members = members;
    }

    /// @param members without those that are null
    static byte[] write(Map<String, @Nullable Object> members) {
        Map<String, Object> written = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value != null) {
                written.put(name, value instanceof Instant time ? time.toString() : value);
            }
        });
        return Json.compact(written).getBytes(UTF_8);
    }

    /// @throws IllegalArgumentException for something else than an object
    static StoredJson read(byte[] octets) {
        SourceFile source = new SourceFile("store", Path.of("store"), new String(octets, UTF_8));
        if (YamlReader.read(source, new Diagnostics()) instanceof Node.Mapping members) {
            return new StoredJson(members);
        }
        throw new IllegalArgumentException("what the store holds is no record of ours");
    }

    String text(String name) {
        String text = textOrNull(name);
        if (text == null) {
            throw new IllegalArgumentException("a record of the store has no '" + name + "'");
        }
        return text;
    }

    @Nullable
    String textOrNull(String name) {
        return members.text(name);
    }

    Instant instant(String name) {
        return instantOf(name, text(name));
    }

    @Nullable
    Instant instantOrNull(String name) {
        String text = textOrNull(name);
        return text == null ? null : instantOf(name, text);
    }

    private static Instant instantOf(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + name + "' of a record of the store is no time", e);
        }
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (members.get(name) instanceof Node.Sequence list) {
            for (Node item : list.items()) {
                if (item instanceof Node.Scalar scalar) {
                    texts.add(scalar.text());
                }
            }
        }
        return texts;
    }
}
