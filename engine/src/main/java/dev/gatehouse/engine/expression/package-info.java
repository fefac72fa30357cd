/// Conditions people write (`jwt.sub == path.userId`): read, checked, and asked about exchanges. The grammar stands in
/// `docs/guide/expressions.md`. Everything that can be wrong is found when the configuration is compiled, with the
/// place in the text; asking neither fails nor calls anything but the facts of the exchange. [ExpressionReader] is
/// the way in.
@NullMarked
package dev.gatehouse.engine.expression;

import org.jspecify.annotations.NullMarked;
