package dev.gatehouse.app.admin.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One route.
///
/// @param id unique in its revision, the same in logs and metrics: `GET /menus/{restaurantId}`
/// @param hosts empty for any
/// @param methods empty for any
/// @param target what answers: `menu-service`, `respond 403`, `redirect /new/**`
/// @param at where it is written: `gateway.yaml:85:9`; null for one that stands in no file
public record RouteStatus(
        String id,
        List<String> hosts,
        String path,
        List<String> methods,
        int priority,
        String target,
        @Nullable String at) {
    public RouteStatus {
        hosts = List.copyOf(hosts);
        methods = List.copyOf(methods);
    }
}
