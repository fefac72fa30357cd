package dev.gatehouse.engine.telemetry.accesslog;

import dev.gatehouse.api.ClientTls;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.engine.net.ShownCertificate;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.TunnelSummary;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Fills the places of a line from what is known of an exchange. Makes no object for the fields a line has by default.
/// One for each loop, on its thread.
final class LineComposer {
    private static final int TRACE_ID_FROM = 3;
    private static final int TRACE_ID_TO = 35;

    private final LineFormat format;
    private final Piece[] pieces;
    private final @Nullable SyslogHeader syslog;
    private final Line line;
    private final QueryText queries = new QueryText();

    /// @param syslog what stands before each line; null when it goes elsewhere
    LineComposer(LineFormat format, @Nullable SyslogHeader syslog) {
        this.format = format;
        this.pieces = format.pieces();
        this.syslog = syslog;
        this.line = new Line(format.longest() + (syslog == null ? 0 : SyslogHeader.LONGEST));
    }

    /// @return valid until the next call
    Line compose(ExchangeSummary summary) {
        line.clear();
        if (syslog != null) {
            syslog.write(summary, line);
        }
        for (Piece piece : pieces) {
            line.raw(piece.before());
            value(piece, summary);
        }
        line.raw(format.after());
        return line;
    }

    private void value(Piece piece, ExchangeSummary summary) {
        ValueStyle style = piece.style();
        switch (piece.fact()) {
            case TIMESTAMP -> line.timestamp(summary.startedMillis(), style);
            case STATUS -> line.number(status(summary));
            case GRPC_STATUS -> grpcStatus(summary.grpcStatus(), style);
            case DURATION_MS -> line.millis(summary.durationNanos());
            case SERVICE_MS -> serviceMillis(summary.serviceNanos(), style);
            case ATTEMPTS -> line.number(summary.attempts());
            case BYTES_IN -> line.number(summary.bytesIn());
            case BYTES_OUT -> line.number(summary.bytesOut());
            case ROUTE -> line.string(summary.route(), style);
            case SERVICE -> line.string(summary.service(), style);
            case INSTANCE -> line.string(summary.instance(), style);
            case CONSUMER -> line.string(summary.consumer(), style);
            case CONSUMER_PLAN -> line.string(plan(summary.identity()), style);
            case CREDENTIAL -> line.string(credential(summary.identity()), style);
            case CLAIM -> line.string(claim(summary.identity(), piece.name()), style);
            case TRACE_ID -> traceId(summary.traceparent(), style);
            case ERROR_CODE -> line.string(summary.errorCode(), style);
            case ERROR_MESSAGE -> line.string(summary.message(), style);
            case CLOSE_CODE -> closeCode(summary.tunnel(), style);
            case DECIDED_BY -> line.string(summary.decidedBy(), style);
            case CLIENT_IP -> line.address(summary.clientAddress(), style);
            case CERTIFICATE_SUBJECT -> certificate(summary, ShownCertificate::subject, style);
            case CERTIFICATE_ISSUER -> certificate(summary, ShownCertificate::issuer, style);
            case CERTIFICATE_SERIAL -> certificate(summary, ShownCertificate::serial, style);
            case CERTIFICATE_FINGERPRINT -> certificate(summary, ShownCertificate::fingerprint, style);
            case TLS_PROTOCOL -> tls(summary, ClientTls::protocol, style);
            case TLS_SERVER_NAME -> tls(summary, ClientTls::serverName, style);
            case REQUEST_ID -> line.text(summary.requestId(), style);
            case METHOD -> line.text(summary.method(), style);
            case PATH -> line.text(summary.path(), style);
            case QUERY -> query(summary.query(), style);
            case PROTOCOL -> line.string(summary.protocol(), style);
            case HOST -> line.text(summary.host(), style);
            case SCHEME -> line.string(summary.scheme(), style);
            case HEADER -> clientValue(header(piece, summary), piece.hidden(), style);
            case PARAMETER -> clientValue(parameter(piece, summary.query()), piece.hidden(), style);
        }
    }

    /// Of the failure when the client could be sent none: 499 for one that left.
    private static int status(ExchangeSummary summary) {
        FailureKind failure = summary.failure();
        return summary.status() == 0 && failure != null ? failure.status() : summary.status();
    }

    private void grpcStatus(int status, ValueStyle style) {
        if (status == ExchangeSummary.NO_GRPC_STATUS) {
            line.missing(style);
        } else {
            line.number(status);
        }
    }

    private void serviceMillis(long nanos, ValueStyle style) {
        if (nanos < 0) {
            line.missing(style);
        } else {
            line.millis(nanos);
        }
    }

    private void closeCode(@Nullable TunnelSummary tunnel, ValueStyle style) {
        if (tunnel == null || tunnel.closeCode() == 0) {
            line.missing(style);
        } else {
            line.number(tunnel.closeCode());
        }
    }

    private void certificate(ExchangeSummary summary, Function<ShownCertificate, String> word, ValueStyle style) {
        ShownCertificate shown = summary.certificate();
        line.string(shown == null ? null : word.apply(shown), style);
    }

    private void tls(ExchangeSummary summary, Function<ClientTls, @Nullable String> word, ValueStyle style) {
        ClientTls tls = summary.tls();
        line.string(tls == null ? null : word.apply(tls), style);
    }

    private static @Nullable String plan(@Nullable Identity identity) {
        Consumer consumer = identity == null ? null : identity.consumer();
        return consumer == null || consumer.plan() == null
                ? null
                : consumer.plan().name();
    }

    private static @Nullable String credential(@Nullable Identity identity) {
        return identity == null ? null : identity.credential();
    }

    private static @Nullable String claim(@Nullable Identity identity, String name) {
        if (identity == null) {
            return null;
        }
        Object claim = name.equals("sub") ? identity.subject() : identity.claim(name);
        return claim == null ? null : claim.toString();
    }

    private void traceId(Text traceparent, ValueStyle style) {
        if (traceparent.length() < TRACE_ID_TO) {
            line.missing(style);
        } else {
            line.text(traceparent, TRACE_ID_FROM, TRACE_ID_TO, style);
        }
    }

    private void query(@Nullable Text query, ValueStyle style) {
        line.text(query == null ? null : queries.withoutSecrets(query, format.redaction()), style);
    }

    private static @Nullable Text header(Piece piece, ExchangeSummary summary) {
        return piece.header() == null ? null : summary.header(piece.header());
    }

    private @Nullable Text parameter(Piece piece, @Nullable Text query) {
        return query == null || piece.parameter() == null ? null : queries.parameter(query, piece.parameter());
    }

    private void clientValue(@Nullable Text value, boolean hidden, ValueStyle style) {
        if (hidden && value != null) {
            line.string(Redaction.MARK, style);
        } else {
            line.text(value, style);
        }
    }
}
