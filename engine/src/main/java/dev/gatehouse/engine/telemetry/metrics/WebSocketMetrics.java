package dev.gatehouse.engine.telemetry.metrics;

import dev.gatehouse.engine.telemetry.metrics.ExchangeMetrics.Rows;
import java.util.ArrayList;
import java.util.List;

/// The WebSockets of all loops, added up. Only routes that have had one are told.
final class WebSocketMetrics {
    private static final String IN = "in";
    private static final String OUT = "out";

    private final Rows<long[]> open = new Rows<>(() -> new long[1]);
    private final Rows<long[]> opened = new Rows<>(() -> new long[1]);
    private final Rows<long[]> closed = new Rows<>(() -> new long[1]);
    private final Rows<long[]> frames = new Rows<>(() -> new long[1]);
    private final Rows<long[]> bytes = new Rows<>(() -> new long[1]);

    /// @param route the values of the labels about the route: one or none
    void add(List<String> route, LoopWebSockets counted) {
        Cells cells = counted.cells;
        // First those that ended: one that begins and ends meanwhile must not make it less than none.
        long ended = cells.get(LoopWebSockets.ENDED);
        long began = cells.get(LoopWebSockets.OPENED);
        open.at(route)[0] += began - ended;
        opened.at(route)[0] += began;
        counted.closed.forEach((key, count) ->
                closed.at(and(route, LoopWebSockets.code(key), LoopWebSockets.by(key)))[0] += count);
        frames.at(and(route, IN))[0] += cells.get(LoopWebSockets.FRAMES_IN);
        frames.at(and(route, OUT))[0] += cells.get(LoopWebSockets.FRAMES_OUT);
        bytes.at(and(route, IN))[0] += cells.get(LoopWebSockets.BYTES_IN);
        bytes.at(and(route, OUT))[0] += cells.get(LoopWebSockets.BYTES_OUT);
    }

    /// @param route the names of the labels about the route: one or none
    List<MetricFamily> families(List<String> route) {
        return List.of(
                new MetricFamily(MetricCatalogue.WEBSOCKETS_OPEN, route, ExchangeMetrics.figures(open)),
                new MetricFamily(MetricCatalogue.WEBSOCKETS_OPENED, route, ExchangeMetrics.figures(opened)),
                new MetricFamily(
                        MetricCatalogue.WEBSOCKETS_CLOSED, and(route, "code", "by"), ExchangeMetrics.figures(closed)),
                new MetricFamily(
                        MetricCatalogue.WEBSOCKET_FRAMES, and(route, "direction"), ExchangeMetrics.figures(frames)),
                new MetricFamily(
                        MetricCatalogue.WEBSOCKET_BYTES, and(route, "direction"), ExchangeMetrics.figures(bytes)));
    }

    private static List<String> and(List<String> values, String... more) {
        List<String> all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return all;
    }
}
