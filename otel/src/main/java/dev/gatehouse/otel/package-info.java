/// Traces and logs of exchanges, sent to a collector by OTLP over HTTP with the OpenTelemetry SDK. A plug-in: the
/// engine finds it when `telemetry.tracing` is configured, and loads none of it otherwise.
///
/// ```
/// loop ─ SampledSink ─▶ Inbox ┐
/// loop ─ SampledSink ─▶ Inbox ┼─▶ Delivery ─▶ spans, log records ─▶ collector      on a thread of its own
/// loop ─ SampledSink ─▶ Inbox ┘
/// ```
///
/// A loop copies what is needed of an exchange that is recorded, and never waits: what finds no place is counted.
@NullMarked
package dev.gatehouse.otel;

import org.jspecify.annotations.NullMarked;
