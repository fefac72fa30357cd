/// What is counted. Each loop counts in plain memory of its own; the figures are added up when somebody looks.
@NullMarked
package dev.gatehouse.engine.telemetry;

import org.jspecify.annotations.NullMarked;
