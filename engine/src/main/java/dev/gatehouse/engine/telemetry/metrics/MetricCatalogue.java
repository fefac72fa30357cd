package dev.gatehouse.engine.telemetry.metrics;

import static dev.gatehouse.engine.telemetry.metrics.Metric.counter;
import static dev.gatehouse.engine.telemetry.metrics.Metric.gauge;
import static dev.gatehouse.engine.telemetry.metrics.Metric.histogram;
import static dev.gatehouse.engine.telemetry.metrics.Metric.summary;

import java.util.List;

/// Every metric of the gateway itself; policies have more, see [MetricRegistry]. The reference page is made from it.
public final class MetricCatalogue {
    // ── exchanges

    public static final Metric REQUESTS = counter(
            "gatehouse_requests_total",
            "Requests that are over. Which labels it has is the user's choice: telemetry.metrics.labels; this is what it"
                    + " has otherwise.",
            "route",
            "method",
            "status");

    public static final Metric FAILURES = counter(
            "gatehouse_failures_total",
            "Requests that were not served or were cut off, by the code of the failure.",
            "route",
            "code");

    public static final Metric GRPC_CALLS = counter(
            "gatehouse_grpc_calls_total",
            "Calls of gRPC that are over, by how they ended: OK, UNAVAILABLE and so on; their HTTP status is 200 mostly.",
            "route",
            "grpc_status");

    public static final Metric CONSUMER_REQUESTS = counter(
            "gatehouse_consumer_requests_total",
            "Requests that are over and came from a consumer; consumers beyond the 2000 seen first are told as other.",
            "consumer");

    public static final Metric REQUEST_DURATION = histogram(
            "gatehouse_request_duration_seconds",
            Buckets.REQUEST,
            "From the whole head of a request to the end of its answer.",
            "route");

    public static final Metric REQUEST_BODY_BYTES = counter(
            "gatehouse_request_body_bytes_total", "Octets of the bodies of requests, framing not counted.", "route");

    public static final Metric RESPONSE_BODY_BYTES = counter(
            "gatehouse_response_body_bytes_total", "Octets of the bodies of answers, framing not counted.", "route");

    public static final Metric SERVICE_DURATION = histogram(
            "gatehouse_service_duration_seconds",
            Buckets.REQUEST,
            "From choosing an instance to the head of its answer; only of requests it answered.",
            "service");

    public static final Metric OVERHEAD = histogram(
            "gatehouse_overhead_seconds",
            Buckets.OVERHEAD,
            "What is left of a request's duration without the service's: the gateway's own work and sending the answer's"
                    + " body; only of requests a service answered.");

    public static final Metric SHADOW_DECISIONS = counter(
            "gatehouse_shadow_decisions_total",
            "What policies in shadow mode would have decided, other than to go on.",
            "policy",
            "verdict");

    public static final Metric EXCHANGES_OPEN =
            gauge("gatehouse_exchanges_open", "Requests whose head has arrived and that are not over yet.");

    // ── WebSockets

    public static final Metric WEBSOCKETS_OPEN =
            gauge("gatehouse_websockets_open", "WebSockets open now, for routes that have had one.", "route");

    public static final Metric WEBSOCKETS_OPENED =
            counter("gatehouse_websockets_opened_total", "WebSockets whose client was sent the 101.", "route");

    public static final Metric WEBSOCKETS_CLOSED = counter(
            "gatehouse_websockets_closed_total",
            "WebSockets that are over, by the code of the first Close frame and by who sent it: client, service, gateway,"
                    + " or nobody (1006). Codes above 3000 are told as 3xxx and 4xxx.",
            "route",
            "code",
            "by");

    public static final Metric WEBSOCKET_FRAMES = counter(
            "gatehouse_websocket_frames_total",
            "Frames that passed, in from clients and out to them.",
            "route",
            "direction");

    public static final Metric WEBSOCKET_BYTES = counter(
            "gatehouse_websocket_bytes_total",
            "Octets that passed in WebSockets, headers of frames included.",
            "route",
            "direction");

    // ── listeners, services, instances

    public static final Metric CLIENT_CONNECTIONS =
            gauge("gatehouse_client_connections", "Connections of clients open now, on all listeners.");

    public static final Metric TCP_CONNECTIONS = gauge(
            "gatehouse_tcp_connections",
            "Connections of clients of tcp listeners that are on their way to a service, or joined to it.",
            "listener",
            "service");

    public static final Metric TCP_CONNECTIONS_TOTAL = counter(
            "gatehouse_tcp_connections_total",
            "Connections of clients of tcp listeners, since the start; service none for those that came to none.",
            "listener",
            "service");

    public static final Metric TCP_BYTES = counter(
            "gatehouse_tcp_bytes_total",
            "Octets passed on, counted as they come: in from clients, out from services.",
            "listener",
            "service",
            "direction");

    public static final Metric TCP_FAILURES = counter(
            "gatehouse_tcp_failures_total",
            "Connections of tcp listeners that did not end well, by the reason.",
            "listener",
            "service",
            "reason");

    public static final Metric SERVICE_CONNECTIONS =
            gauge("gatehouse_service_connections", "Connections to a service open now.", "service");

    public static final Metric SERVICE_WAITING =
            gauge("gatehouse_service_waiting_requests", "Requests that wait for a connection to a service.", "service");

    public static final Metric SERVICE_INSTANCES = gauge(
            "gatehouse_service_instances",
            "Instances of a service by state: up, down, ejected, backup, drained, unknown.",
            "service",
            "state");

    public static final Metric INSTANCE_UP = gauge(
            "gatehouse_instance_up",
            "1 for an instance that may be sent requests, backups included; 0 for one that is down, ejected or drained.",
            "service",
            "instance");

    public static final Metric INSTANCE_IN_FLIGHT =
            gauge("gatehouse_instance_requests_in_flight", "Requests under way to an instance.", "service", "instance");

    public static final Metric INSTANCE_REQUESTS = counter(
            "gatehouse_instance_requests_total",
            "Attempts to have a request answered by an instance.",
            "service",
            "instance");

    public static final Metric INSTANCE_FAILURES =
            counter("gatehouse_instance_failures_total", "Of these, those that failed.", "service", "instance");

    // ── configuration

    public static final Metric CONFIG_REVISION =
            gauge("gatehouse_config_revision", "Number of the configuration that runs; 1 is that of the start.");

    public static final Metric CONFIG_RELOADS = counter(
            "gatehouse_config_reload_total",
            "Changes of the files, by what became of them: applied or rejected.",
            "result");

    public static final Metric CONFIG_RELOAD_SUCCESSFUL = gauge(
            "gatehouse_config_last_reload_successful", "0 while the files say something that was rejected; else 1.");

    // ── TLS with clients

    public static final Metric CERTIFICATE_EXPIRY = gauge(
            "gatehouse_certificate_expiry_timestamp_seconds",
            "Until when a certificate holds that clients are shown, in seconds of the epoch; of a chain, what ends first.",
            "listener",
            "host",
            "kind");

    public static final Metric HANDSHAKES = counter(
            "gatehouse_tls_handshakes_total",
            "Handshakes that were completed: full ones, and resumed ones of clients that came back with a ticket.",
            "listener",
            "protocol",
            "kind");

    public static final Metric HANDSHAKE_FAILURES = counter(
            "gatehouse_tls_handshake_failures_total",
            "Handshakes that came to nothing, by the reason.",
            "listener",
            "reason");

    // ── certificates the gateway gets by itself

    public static final Metric ACME_EXPIRY = gauge(
            "gatehouse_acme_certificate_expiry_timestamp_seconds",
            "Until when the certificate holds that is shown, in seconds of the epoch; left out while there is none.",
            "host");

    public static final Metric ACME_SUCCESSFUL = gauge(
            "gatehouse_acme_last_order_successful", "0 while the last order of a certificate failed; else 1.", "host");

    public static final Metric ACME_NEXT = gauge(
            "gatehouse_acme_next_order_timestamp_seconds",
            "When the certificate is ordered next, in seconds of the epoch; left out while it is being ordered.",
            "host");

    // ── event loops and memory

    public static final Metric LOOP_LAG = histogram(
            "gatehouse_event_loop_lag_seconds",
            Buckets.LAG,
            "How late a loop got to a task that was due, asked ten times a second; a millisecond is the timer's.",
            "loop");

    public static final Metric LOOP_LAG_MAX = gauge(
            "gatehouse_event_loop_lag_max_seconds",
            "The greatest lag of the last one to two minutes; rises while a loop is stuck.",
            "loop");

    public static final Metric BUFFER_MEMORY = gauge(
            "gatehouse_buffer_memory_bytes",
            "Memory outside the heap for what is sent and received: reserved from the system, and in use of that.",
            "state");

    public static final Metric MEMORY_USED = gauge("jvm_memory_used_bytes", "Used memory of the JVM.", "area");
    public static final Metric MEMORY_COMMITTED =
            gauge("jvm_memory_committed_bytes", "Memory the JVM has from the system.", "area");
    public static final Metric MEMORY_MAX =
            gauge("jvm_memory_max_bytes", "Memory the JVM may have; left out where there is no bound.", "area");
    public static final Metric GC =
            summary("jvm_gc_collection_seconds", "Time spent in garbage collection, by collector.", "gc");
    public static final Metric THREADS = gauge("jvm_threads_current", "Threads of the JVM, virtual ones not counted.");

    // ── the process, as Prometheus' own clients call it

    public static final Metric CPU =
            counter("process_cpu_seconds_total", "Processor time of the process, in user and kernel mode.");
    public static final Metric RESIDENT =
            gauge("process_resident_memory_bytes", "Memory of the process that is in RAM; on Linux.");
    public static final Metric OPEN_FILES = gauge("process_open_fds", "Open files and sockets of the process.");
    public static final Metric MAX_FILES = gauge("process_max_fds", "Open files and sockets the process may have.");
    public static final Metric START_TIME =
            gauge("process_start_time_seconds", "When the process started, in seconds of the epoch.");

    /// In the order of the reference page.
    public static final List<Metric> ALL = List.of(
            REQUESTS,
            FAILURES,
            GRPC_CALLS,
            CONSUMER_REQUESTS,
            REQUEST_DURATION,
            REQUEST_BODY_BYTES,
            RESPONSE_BODY_BYTES,
            SERVICE_DURATION,
            OVERHEAD,
            SHADOW_DECISIONS,
            EXCHANGES_OPEN,
            WEBSOCKETS_OPEN,
            WEBSOCKETS_OPENED,
            WEBSOCKETS_CLOSED,
            WEBSOCKET_FRAMES,
            WEBSOCKET_BYTES,
            CLIENT_CONNECTIONS,
            TCP_CONNECTIONS,
            TCP_CONNECTIONS_TOTAL,
            TCP_BYTES,
            TCP_FAILURES,
            SERVICE_CONNECTIONS,
            SERVICE_WAITING,
            SERVICE_INSTANCES,
            INSTANCE_UP,
            INSTANCE_IN_FLIGHT,
            INSTANCE_REQUESTS,
            INSTANCE_FAILURES,
            CONFIG_REVISION,
            CONFIG_RELOADS,
            CONFIG_RELOAD_SUCCESSFUL,
            CERTIFICATE_EXPIRY,
            HANDSHAKES,
            HANDSHAKE_FAILURES,
            ACME_EXPIRY,
            ACME_SUCCESSFUL,
            ACME_NEXT,
            LOOP_LAG,
            LOOP_LAG_MAX,
            BUFFER_MEMORY,
            MEMORY_USED,
            MEMORY_COMMITTED,
            MEMORY_MAX,
            GC,
            THREADS,
            CPU,
            RESIDENT,
            OPEN_FILES,
            MAX_FILES,
            START_TIME);

    private MetricCatalogue() {}
}
