/// What answers an exchange. A target knows the exchange only as its [dev.gatehouse.engine.target.TargetClient].
@NullMarked
package dev.gatehouse.engine.target;

import org.jspecify.annotations.NullMarked;
