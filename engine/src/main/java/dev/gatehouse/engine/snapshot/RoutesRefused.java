package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.expression.ExpressionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Routes that are well formed, but of which nothing that runs can be made. Its message is the first reason.
public final class RoutesRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Reason> reasons;

    /// @param route its index in the configuration
    /// @param key the setting that is refused: `respond`, `service`, or a slot
    /// @param sentence why, for the user; one that begins with a whole path (`security.authorization…: `) is about
    ///     that setting, whichever route it was found for
    /// @param condition what is wrong with a condition, and where in it; null when that is not the reason
    public record Reason(
            int route,
            String key,
            String sentence,
            @Nullable ExpressionException condition) {}

    /// @param reasons at least one
    RoutesRefused(List<Reason> reasons) {
        super(reasons.getFirst().sentence());
        this.reasons = List.copyOf(reasons);
    }

    /// All of them, in the order of the routes.
    public List<Reason> reasons() {
        return reasons;
    }
}
