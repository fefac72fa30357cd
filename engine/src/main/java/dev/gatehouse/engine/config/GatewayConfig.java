package dev.gatehouse.engine.config;

/// All a gateway is told.
public record GatewayConfig(ListenerConfig listener, RouteConfig route, RuntimeConfig runtime) {}
