/// Conditions people write into the configuration: `jwt.sub == path.userId`.
@NullMarked
package dev.gatehouse.api.expression;

import org.jspecify.annotations.NullMarked;
