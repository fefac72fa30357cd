package dev.gatehouse.engine.service;

import org.jspecify.annotations.Nullable;

/// How a health check went.
///
/// @param what for people: `200`, `no answer in time`
/// @param nanos how long it took
/// @param at when it ended, on the loops' clock
public record CheckResult(boolean passed, String what, long nanos, long at) {
    /// The status of the answer; null when there was none.
    public @Nullable Integer status() {
        return what.length() == 3 && what.chars().allMatch(Character::isDigit) ? Integer.valueOf(what) : null;
    }
}
