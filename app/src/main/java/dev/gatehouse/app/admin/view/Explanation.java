package dev.gatehouse.app.admin.view;

/// What a gateway would do with a request that nobody sent.
///
/// @param method as it was asked about
/// @param target path and query as they were asked about
/// @param config what was asked: `r18 (running)`, `gateway.yaml (not deployed)`
public record Explanation(String method, String target, String config, Trace trace) {}
