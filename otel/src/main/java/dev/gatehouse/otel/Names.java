package dev.gatehouse.otel;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;

/// The names of attributes: OpenTelemetry's semantic conventions for HTTP where they have one, `gatehouse.…`
/// elsewhere.
final class Names {
    static final AttributeKey<String> SERVICE_NAME = stringKey("service.name");

    static final AttributeKey<String> METHOD = stringKey("http.request.method");
    static final AttributeKey<String> METHOD_ORIGINAL = stringKey("http.request.method_original");
    static final AttributeKey<String> ROUTE = stringKey("http.route");
    static final AttributeKey<Long> STATUS = longKey("http.response.status_code");
    static final AttributeKey<Long> REQUEST_SIZE = longKey("http.request.body.size");
    static final AttributeKey<Long> RESPONSE_SIZE = longKey("http.response.body.size");
    static final AttributeKey<Long> RESEND_COUNT = longKey("http.request.resend_count");
    static final AttributeKey<String> PATH = stringKey("url.path");
    static final AttributeKey<String> SCHEME = stringKey("url.scheme");
    static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = longKey("server.port");
    static final AttributeKey<String> CLIENT_ADDRESS = stringKey("client.address");
    static final AttributeKey<String> PROTOCOL_VERSION = stringKey("network.protocol.version");
    static final AttributeKey<String> USER_AGENT = stringKey("user_agent.original");
    static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");

    static final AttributeKey<String> GATEHOUSE_REQUEST_ID = stringKey("gatehouse.request_id");
    static final AttributeKey<String> GATEHOUSE_ROUTE = stringKey("gatehouse.route");
    static final AttributeKey<String> GATEHOUSE_ROUTE_PLACE = stringKey("gatehouse.route.place");
    static final AttributeKey<String> GATEHOUSE_SERVICE = stringKey("gatehouse.service");
    static final AttributeKey<String> GATEHOUSE_INSTANCE = stringKey("gatehouse.instance");
    static final AttributeKey<String> GATEHOUSE_CONSUMER = stringKey("gatehouse.consumer");
    static final AttributeKey<String> GATEHOUSE_POLICY = stringKey("gatehouse.policy");
    static final AttributeKey<String> GATEHOUSE_POLICY_PLACE = stringKey("gatehouse.policy.place");
    static final AttributeKey<String> GATEHOUSE_POLICY_VERDICT = stringKey("gatehouse.policy.verdict");
    static final AttributeKey<String> GATEHOUSE_POLICY_REASON = stringKey("gatehouse.policy.reason");
    static final AttributeKey<Boolean> GATEHOUSE_POLICY_SHADOW = booleanKey("gatehouse.policy.shadow");

    /// The fields of the access log, as it calls them.
    static final AttributeKey<String> LOG_METHOD = stringKey("method");

    static final AttributeKey<String> LOG_PATH = stringKey("path");
    static final AttributeKey<Long> LOG_STATUS = longKey("status_code");
    static final AttributeKey<Double> LOG_DURATION = doubleKey("duration_ms");
    static final AttributeKey<String> LOG_CLIENT = stringKey("client_ip");
    static final AttributeKey<String> LOG_USER_AGENT = stringKey("user_agent");
    static final AttributeKey<String> LOG_CORRELATION = stringKey("correlation_id");
    static final AttributeKey<String> LOG_ROUTE = stringKey("route");
    static final AttributeKey<String> LOG_SERVICE = stringKey("service");
    static final AttributeKey<String> LOG_INSTANCE = stringKey("instance");
    static final AttributeKey<String> LOG_CONSUMER = stringKey("consumer");
    static final AttributeKey<Long> LOG_BYTES_IN = longKey("bytes_in");
    static final AttributeKey<Long> LOG_BYTES_OUT = longKey("bytes_out");
    static final AttributeKey<String> LOG_ERROR = stringKey("error_code");

    private Names() {}
}
