package dev.gatehouse.app.admin.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of the routes, in the order in which they are matched.
///
/// @param total how many there are
/// @param next the `cursor` of the following page, null on the last one
public record RoutePage(
        List<RouteStatus> routes, int total, @Nullable String next) {}
