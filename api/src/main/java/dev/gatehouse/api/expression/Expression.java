package dev.gatehouse.api.expression;

import dev.gatehouse.api.Exchange;

/// A condition on an exchange, read and checked when the configuration is compiled
/// ([dev.gatehouse.api.policy.PolicyContext#expression]). Immutable; shared by all threads. It reaches nothing but
/// the facts of the exchange and who calls, has no loops and no side effects, and takes time in proportion to what
/// it looks at.
///
/// Every comparison with a missing value is false, `!=` too.
public interface Expression {
    boolean test(Exchange exchange);

    /// Why [#test] says what it says, for the decision trace: the first part that decided, with the values that are
    /// no secrets: `jwt.sub (u1) == path.userId (u2) is false`.
    String why(Exchange exchange);

    /// Whether it asks who calls, so that somebody unknown might meet it by saying so.
    boolean asksWho();

    /// As it was written.
    @Override
    String toString();
}
