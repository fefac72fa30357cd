/// The figures of a gateway, by the names people ask for them. Each loop counts in plain memory of its own; who asks
/// adds
/// the loops up. [MetricCatalogue][dev.gatehouse.engine.telemetry.metrics.MetricCatalogue] says what there is, and a
/// [MetricFamily][dev.gatehouse.engine.telemetry.metrics.MetricFamily] is what it stands at; which format it is
/// written in is somebody else's.
@NullMarked
package dev.gatehouse.engine.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
