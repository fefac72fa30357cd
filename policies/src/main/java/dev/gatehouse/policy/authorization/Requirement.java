package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.expression.Expression;
import java.util.List;
import java.util.function.Function;

/// Conditions: all of some, and one of others. Immutable.
///
/// @param any none when nothing is asked of them
record Requirement(List<Expression> any, List<Expression> all) {
    /// @param reader makes conditions of what was written
    static Requirement of(RequireConfig config, Function<String, Expression> reader) {
        return new Requirement(
                config.any().stream().map(reader).toList(),
                config.all().stream().map(reader).toList());
    }

    boolean isMet(Exchange exchange) {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).test(exchange)) {
                return false;
            }
        }
        for (int i = 0; i < any.size(); i++) {
            if (any.get(i).test(exchange)) {
                return true;
            }
        }
        return any.isEmpty();
    }

    /// Whether knowing who calls might change what it says.
    boolean asksWho() {
        return any.stream().anyMatch(Expression::asksWho) || all.stream().anyMatch(Expression::asksWho);
    }

    /// Tells the decision trace what decided.
    void note(Exchange exchange) {
        for (Expression one : all) {
            if (!one.test(exchange)) {
                exchange.note(one.why(exchange));
                return;
            }
        }
        for (Expression one : any) {
            if (one.test(exchange)) {
                exchange.note(one.why(exchange));
                return;
            }
        }
        any.forEach(one -> exchange.note(one.why(exchange)));
    }
}
