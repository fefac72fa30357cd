package dev.gatehouse.app.admin.view;

import org.jspecify.annotations.Nullable;

/// A request that has ended, and how it came to its answer.
///
/// @param trace null when that was not kept: a service answered it, and nobody recorded it
public record RequestStory(RequestEntry request, @Nullable Trace trace) {}
