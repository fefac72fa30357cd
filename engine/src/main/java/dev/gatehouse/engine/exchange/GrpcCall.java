package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.config.GrpcConfig;
import dev.gatehouse.engine.grpc.Dialect;
import dev.gatehouse.engine.grpc.GrpcFields;
import dev.gatehouse.engine.grpc.GrpcTimeout;
import dev.gatehouse.engine.grpc.TextDecoding;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.http1.FieldBlock;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of an exchange that calls of gRPC have and others do not: when the call ends, and what its caller speaks.
/// Belongs to one [ExchangeDriver], is used again with it, and has nothing to say on a route that is not of gRPC.
final class GrpcCall {
    private static final byte[] TIMEOUT = "grpc-timeout".getBytes(US_ASCII);
    private static final int TIMEOUT_HASH = FieldBlock.hash(TIMEOUT);
    private static final byte[] ACCEPT = "accept".getBytes(US_ASCII);
    private static final int ACCEPT_HASH = FieldBlock.hash(ACCEPT);
    private static final byte[] X_GRPC_WEB = "x-grpc-web".getBytes(US_ASCII);
    private static final int X_GRPC_WEB_HASH = FieldBlock.hash(X_GRPC_WEB);
    private static final byte[] TE = "TE".getBytes(US_ASCII);
    private static final byte[] TRAILERS = "trailers".getBytes(US_ASCII);

    private @Nullable Dialect dialect;
    private long end = TargetClient.NO_END;

    /// A request for a route of gRPC. What of it is gRPC-Web becomes gRPC, before anybody else looks at it: media
    /// type, encoding of the body, and the fields that only the web needs.
    ///
    /// @param rules the route's
    /// @param now on the loop's clock
    /// @return why it is none the route takes; null when it is
    @Nullable
    Failure begin(GrpcConfig rules, ParsedRequest request, FieldEdits edits, StreamedBody body, long now) {
        Dialect spoken = spoken(request);
        if (spoken == null || (spoken.isWeb() && !rules.web())) {
            return new Failure(
                    FailureKind.UNSUPPORTED_MEDIA_TYPE,
                    spoken == null
                            ? "This route takes calls of gRPC: application/grpc."
                            : "This route takes gRPC, not gRPC-Web.");
        }
        long allowed = allowed(rules.maxTimeout(), request);
        if (allowed == GrpcTimeout.INVALID) {
            return new Failure(
                    FailureKind.BAD_REQUEST, "The value of grpc-timeout is not a time, such as 250m or 10S.");
        }
        dialect = spoken;
        end = allowed == TargetClient.NO_END ? TargetClient.NO_END : now + allowed;
        // What is left of it is written per attempt.
        edits.remove(TIMEOUT, TIMEOUT_HASH);
        if (spoken.isWeb()) {
            fromWeb(spoken, request, edits, body);
        }
        return null;
    }

    /// What the caller of a request speaks that may be one of gRPC; null for any other.
    static @Nullable Dialect spoken(ParsedRequest request) {
        int type = request.find(KnownField.CONTENT_TYPE);
        return type < 0 ? null : Dialect.of(request.value(type));
    }

    /// Whether a service's answer to a caller of gRPC is plain HTTP: of somebody who could not serve the call.
    static boolean isPlain(ParsedRequest request, FieldBlock answer) {
        return spoken(request) != null && GrpcFields.status(answer) == GrpcFields.NO_STATUS;
    }

    private static long allowed(@Nullable Duration most, ParsedRequest request) {
        long allowed = most == null ? TargetClient.NO_END : most.toNanos();
        int field = request.find(TIMEOUT, TIMEOUT_HASH, 0);
        if (field < 0) {
            return allowed;
        }
        long asked = GrpcTimeout.parse(request.value(field));
        // Longer than a century is no bound, and would not add up with a clock.
        return asked == GrpcTimeout.INVALID || asked < Long.MAX_VALUE / 2 ? Math.min(asked, allowed) : allowed;
    }

    private static void fromWeb(Dialect spoken, ParsedRequest request, FieldEdits edits, StreamedBody body) {
        int grpc = Dialect.GRPC.mediaType().length();
        request.cut(
                request.find(KnownField.CONTENT_TYPE), grpc, spoken.mediaType().length() - grpc);
        edits.remove(ACCEPT, ACCEPT_HASH);
        edits.remove(X_GRPC_WEB, X_GRPC_WEB_HASH);
        if (!request.acceptsTrailers()) {
            edits.add(TE, TRAILERS);
        }
        if (spoken == Dialect.WEB_TEXT) {
            body.map(new TextDecoding());
        }
    }

    /// The stream to a client as the gateway writes it: with [GrpcWebStream] in front for one that speaks gRPC-Web.
    /// What that wants to read is told by Accept, else by what it sends.
    ///
    /// @param request as it came, before [#begin]; after it nothing of the web is left of it
    static ClientStream inItsDialect(ClientStream client, ParsedRequest request) {
        Dialect spoken = spoken(request);
        if (spoken == null || !spoken.isWeb() || client instanceof GrpcWebStream) {
            return client;
        }
        int field = request.find(ACCEPT, ACCEPT_HASH, 0);
        Dialect accepted = field < 0 ? null : Dialect.of(request.value(field));
        return new GrpcWebStream(client, accepted != null && accepted.isWeb() ? accepted : spoken);
    }

    /// Whether this is a call on a route of gRPC.
    boolean isOne() {
        return dialect != null;
    }

    /// See [TargetClient#callEnd].
    long end() {
        return end;
    }

    boolean isLate(long now) {
        return end != TargetClient.NO_END && now - end >= 0;
    }

    /// How long a policy may keep it waiting, when the route says `patience`.
    Duration patience(Duration patience, long now) {
        return end != TargetClient.NO_END && end - now < patience.toNanos() ? Duration.ofNanos(end - now) : patience;
    }

    /// It has taken longer than its caller, or its route, allows.
    static Failure late() {
        return new Failure(
                FailureKind.DEADLINE_EXCEEDED,
                "The call was not over in the time it was given.",
                Map.of("sent", false));
    }

    /// Forgets the exchange.
    void clear() {
        dialect = null;
        end = TargetClient.NO_END;
    }
}
