package dev.gatehouse.engine.exchange;

import dev.gatehouse.engine.config.Portion;
import dev.gatehouse.engine.config.TracingConfig;
import dev.gatehouse.engine.config.TracingConfig.Propagation;
import org.jspecify.annotations.Nullable;

/// How exchanges take part in traces. Belongs to a configuration, and so to the graph of routes.
///
/// @param enabled whether the gateway is a member of the trace itself; else it passes on what the client sent
/// @param sample share of the exchanges that are recorded when nobody who is trusted has decided
/// @param w3c whether `traceparent` and `tracestate` are read and written
/// @param b3 whether the field `b3` is written, and both forms of B3 are read
/// @param b3Multi whether `X-B3-…` fields are written, and both forms of B3 are read
public record TraceRules(boolean enabled, Portion sample, boolean w3c, boolean b3, boolean b3Multi) {
    /// Without tracing.
    public static final TraceRules OFF = new TraceRules(false, Portion.NONE, true, false, false);

    /// @param config null without tracing
    public static TraceRules of(@Nullable TracingConfig config) {
        if (config == null) {
            return OFF;
        }
        return new TraceRules(
                true,
                config.sample(),
                config.propagate().contains(Propagation.TRACECONTEXT),
                config.propagate().contains(Propagation.B3),
                config.propagate().contains(Propagation.B3_MULTI));
    }

    boolean readsB3() {
        return b3 || b3Multi;
    }
}
