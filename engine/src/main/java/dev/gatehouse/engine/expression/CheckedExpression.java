package dev.gatehouse.engine.expression;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.expression.Expression;

/// An expression that was read, and makes sense.
///
/// @param written as the user wrote it
record CheckedExpression(String written, Condition condition) implements Expression {
    private static final int SHOWN = 400;

    @Override
    public boolean test(Exchange exchange) {
        return condition.holds(exchange);
    }

    @Override
    public String why(Exchange exchange) {
        String why = condition.why(exchange);
        return why.length() > SHOWN ? why.substring(0, SHOWN) + "…" : why;
    }

    @Override
    public boolean asksWho() {
        return condition.asksWho();
    }

    @Override
    public String toString() {
        return written;
    }
}
