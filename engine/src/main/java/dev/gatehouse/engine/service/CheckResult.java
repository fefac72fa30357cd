package dev.gatehouse.engine.service;

/// How a health check went.
///
/// @param what for people: `200`, `no answer in time`
/// @param nanos how long it took
/// @param at when it ended, on the loops' clock
public record CheckResult(boolean passed, String what, long nanos, long at) {}
