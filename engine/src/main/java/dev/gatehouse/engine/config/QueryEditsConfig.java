package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is changed in the query a service is sent. Pairs that are not named here stay as the client wrote them.
@Settings(
        name = "route.query",
        value = "Changes the query the service is sent. Pairs not named here stay as the client wrote them.")
public record QueryEditsConfig(
        @Setting("Name to value, a template: every pair of that name is replaced by this one, at the end.")
        Map<String, String> set,

        @Setting("Name to value, a template: a pair more, at the end, whatever is there already.")
        Map<String, String> add,

        @Setting("Names: every pair of such a name is taken away.")
        List<String> remove) {
    public static final QueryEditsConfig NONE = new QueryEditsConfig(Map.of(), Map.of(), List.of());

    public QueryEditsConfig {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
        remove = List.copyOf(remove);
        check("set", set);
        check("add", add);
        if (remove.contains("")) {
            throw new IllegalArgumentException("remove: a pair needs a name");
        }
    }

    private static void check(String key, Map<String, String> values) {
        values.forEach((name, value) -> {
            if (name.isEmpty()) {
                throw new IllegalArgumentException(key + ": a pair needs a name");
            }
            Check.template(key + "." + name, value);
        });
    }
}
