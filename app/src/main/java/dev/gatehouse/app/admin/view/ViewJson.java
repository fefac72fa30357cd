package dev.gatehouse.app.admin.view;

import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// How the records of this package become JSON and come back: keys in `snake_case` and in the order of the
/// components, times as RFC 3339. Keys a reader does not know are passed over, so that an older `gatehouse
/// status` can ask a newer gateway.
public final class ViewJson {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern UPPER = Pattern.compile("[A-Z]");

    private ViewJson() {}

    /// `loadedAt` → `loaded_at`: the key of a component.
    public static String key(String component) {
        return UPPER.matcher(component).replaceAll("_$0").toLowerCase(Locale.ROOT);
    }
}
