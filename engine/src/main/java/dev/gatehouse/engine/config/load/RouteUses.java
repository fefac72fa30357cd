package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.source.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which routes use a service, for advice where a misplaced key belongs.
final class RouteUses {
    private static final int SHOWN = 3;

    private RouteUses() {}

    /// The end of "move it to …"; null when no route uses the service.
    static @Nullable String of(String service, Node.Sequence routes) {
        List<String> uses = new ArrayList<>();
        for (int i = 0; i < routes.items().size(); i++) {
            if (routes.items().get(i) instanceof Node.Mapping route && uses(route, service)) {
                String group = route.text("group");
                uses.add("routes[" + i + "]  (" + (group == null ? "" : "group " + group + ", ") + route.span() + ")");
            }
        }
        if (uses.isEmpty()) {
            return null;
        }
        if (uses.size() == 1) {
            return uses.getFirst() + ", the only route that uses " + service;
        }
        return String.join(", ", uses.subList(0, Math.min(SHOWN, uses.size()))) + (uses.size() > SHOWN ? ", …" : "")
                + ", which use " + service;
    }

    private static boolean uses(Node.Mapping route, String service) {
        boolean own = route.get("service") instanceof Node.Mapping shares
                ? shares.entry(service) != null
                : service.equals(route.text("service"));
        return own
                || (route.get("routes") instanceof Node.Sequence inner
                        && inner.items().stream()
                                .anyMatch(item -> item instanceof Node.Mapping one && uses(one, service)));
    }
}
