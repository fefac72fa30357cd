package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.tls.ServerTls;
import org.jspecify.annotations.Nullable;

/// A listener as it is to be: what was written, and the key material that was loaded for it.
///
/// @param tls null when it speaks none
public record ListenerPlan(ListenerConfig config, @Nullable ServerTls tls) {}
