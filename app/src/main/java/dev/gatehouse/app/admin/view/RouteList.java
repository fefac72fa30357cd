package dev.gatehouse.app.admin.view;

import java.util.List;

/// All routes of one revision.
///
/// @param routes in the order in which they are matched. May be a view that makes an entry when it is read: a
///     page of a hundred thousand routes should not cost all of them. Not copied; must not change
public record RouteList(String revision, List<RouteStatus> routes) {}
