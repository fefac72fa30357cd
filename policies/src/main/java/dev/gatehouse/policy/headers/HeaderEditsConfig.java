package dev.gatehouse.policy.headers;

import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.template.Template;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Edits of one side. They are made in the order remove, rename, set, add, whatever the order of lines.
@Settings(name = "headers.edits", value = "Changes of fields, made in this order: remove, rename, set, add.")
public record HeaderEditsConfig(
        @Setting("Names: every field of such a name is taken away.")
        List<String> remove,

        @Setting("Old name to new name: all values, in their order, replace what stood under the new name.")
        Map<String, String> rename,

        @Setting("Name to value, a template: replaces every field of this name; takes it away when it comes out empty.")
        Map<String, String> set,

        @Setting("Name to value, a template: a field more, whatever is there already; none when it comes out empty.")
        Map<String, String> add) {
    public HeaderEditsConfig {
        remove = List.copyOf(remove);
        rename = Collections.unmodifiableMap(new LinkedHashMap<>(rename));
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
        Set<HeaderName> removed = new HashSet<>();
        remove.forEach(name -> removed.add(checked("remove", name)));
        checkRenames(rename, removed);
        set.forEach((name, value) -> checkValue("set", name, value));
        add.forEach((name, value) -> checkValue("add", name, value));
    }

    boolean isEmpty() {
        return remove.isEmpty() && rename.isEmpty() && set.isEmpty() && add.isEmpty();
    }

    private static HeaderName checked(String key, String name) {
        try {
            return FieldValues.editable(HeaderName.of(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    /// Renaming happens in one step, so a name is either an old one or a new one, once.
    private static void checkRenames(Map<String, String> rename, Set<HeaderName> removed) {
        Set<HeaderName> mentioned = new HashSet<>();
        rename.forEach((from, to) -> {
            if (removed.contains(checked("rename", from))) {
                throw new IllegalArgumentException("rename: " + from + " is removed before it could be renamed");
            }
            for (String name : List.of(from, to)) {
                if (!mentioned.add(checked("rename", name))) {
                    throw new IllegalArgumentException("rename: " + name + " is there twice");
                }
            }
        });
    }

    private static void checkValue(String key, String name, String value) {
        checked(key, name);
        String where = key + "." + name + ": ";
        if (value.isBlank()) {
            throw new IllegalArgumentException(where + "a value is missing; 'remove' takes a field away");
        }
        if (value.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException(
                    where + "a header value cannot hold a line end or another control character");
        }
        try {
            Template.parse(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
    }
}
