package dev.gatehouse.engine.target;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.template.Facts;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.telemetry.TunnelSummary;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The exchange as a target sees it: what is asked, and where the answer goes. On the exchange's event loop only.
public interface TargetClient {
    /// What [#callEnd] says where nobody has set an end.
    long NO_END = Long.MAX_VALUE;

    /// The slices of the request's head.
    ParsedRequest requestSlices();

    /// What policies changed in the request's fields; the target adds what it sets itself.
    FieldEdits requestEdits();

    /// Where the parameters of the route stand in the request's path.
    PathParameters parameters();

    /// What templates may ask about this exchange.
    Facts facts();

    /// The exchange's id in text. Valid until the exchange ends.
    byte[] requestIdOctets();

    /// Adds the fields that tell the service of the trace the exchange belongs to, if they are not the client's
    /// own.
    void addTrace(FieldEdits edits);

    Peer peer();

    /// When the whole exchange must be over, on the loop's clock; [#NO_END] where the moments of its route are all
    /// that bounds it. For a call of gRPC its caller says so.
    long callEnd();

    /// Whether services get the Forwarded field (RFC 7239) for requests that came in here.
    boolean sendsForwarded();

    /// Whether services are told which certificate the client has shown (RFC 9440).
    boolean sendsClientCertificate();

    /// Whether there is a body to send, as policies have left it.
    boolean hasRequestBody();

    /// Whether that body goes out in chunks: its length is not known.
    boolean isRequestChunked();

    /// Whether the client waits for 100 before it sends the body.
    boolean awaitsContinue();

    /// An attempt begins.
    ///
    /// @param instance null when a stand-in answers for the service
    /// @param target path and query as they are sent; null when they are the client's
    void sentTo(Service service, @Nullable Instance instance, byte @Nullable [] target);

    /// Where a service's answer is to be parsed.
    ParsedResponse answerHead();

    /// Asks for the request's body, or for a pause in it. After asking, a [TargetCall#onRequestBatch] follows in
    /// any case.
    void readRequestBody(boolean on);

    boolean isClientWritable();

    /// Passes a 1xx on, to clients that understand it.
    void answerInterim(ParsedResponse head);

    /// Adds a field to the answer that [#answer] begins next; at most one. Policies see it on their way up.
    ///
    /// @param value checked by the caller to be a value
    void addToAnswer(byte[] name, byte[] value);

    /// The answer that [#answer] begins next is a 101, and `tunnel` is what follows it.
    void tunnels(TunnelSummary tunnel);

    /// Begins the answer with a final head, or with 101.
    ///
    /// @param hasBody whether body octets may follow
    /// @param bodyAtHand how many of them follow at once
    void answer(ParsedResponse head, boolean hasBody, int bodyAtHand);

    /// The next `n` octets of `in` are body of the answer; they are taken.
    void answerBody(ByteBuf in, int n);

    /// Lets go what was passed on since the last time.
    void answerBatch();

    /// The answer is whole. The call must not touch the exchange after this.
    void answerEnd(@Nullable Trailers trailers);

    /// Answers without a service, in place of [#answer] and what follows it. The call must not touch the exchange
    /// after this.
    void respond(Response answer);

    /// There will be no answer, or no end of one. The call must not touch the exchange after this.
    void fail(Failure failure);
}
