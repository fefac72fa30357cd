package dev.gatehouse.app.admin.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of the requests that ended last, the newest first.
///
/// @param next the `cursor` of the following page, null on the last one
public record RequestPage(
        List<RequestEntry> requests, @Nullable String next) {}
