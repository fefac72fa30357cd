/// YAML 1.2 into nodes. What YAML allows and a configuration file has no use for (anchors, tags, several documents) is
/// refused, and what people trip over is explained.
@NullMarked
package dev.gatehouse.engine.config.yaml;

import org.jspecify.annotations.NullMarked;
