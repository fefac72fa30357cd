package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.config.PolicySetting;
import dev.gatehouse.engine.config.RouteConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Who may use a route and how often, in a word or two. Policies are plug-ins: what they are told is read by the names
/// it was written under.
final class RouteAccess {
    static final String ANYONE = "anyone";

    private static final String NONE = "none";

    private RouteAccess() {}

    /// `anyone, partner`, `customer`, `mtls + customer`; null for a route that asks nobody.
    static @Nullable String who(RouteConfig route) {
        PolicySetting setting = route.policies().get("auth");
        if (setting == null) {
            return null;
        }
        JsonNode written = ViewJson.MAPPER.valueToTree(setting.config());
        List<String> all = words(written.path("all"));
        if (!all.isEmpty()) {
            return String.join(" + ", all);
        }
        List<String> any = new ArrayList<>(words(written.path("any")));
        if (any.remove(NONE)) {
            any.addFirst(ANYONE);
        }
        return String.join(", ", any);
    }

    /// The name of its limit, or how much that is; null for none.
    static @Nullable String limit(RouteConfig route) {
        PolicySetting setting = route.policies().get("rate_limit");
        return setting == null ? null : setting.name() == null ? "its own" : setting.name();
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
