package dev.gatehouse.engine.target;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A target that answers by itself, at once and from the head alone. It never asks for the request's body: the
/// client's stream deals with that after the answer. Holds nothing of an exchange, so one object is the call of
/// all of them.
public abstract class AnsweringTarget implements Target, TargetCall {
    /// Gives `client` an answer or a failure, once.
    protected abstract void answer(TargetClient client);

    @Override
    public final TargetCall open(Loop loop) {
        return this;
    }

    @Override
    public final List<Destination> destinations(TargetClient client) {
        return List.of();
    }

    @Override
    public final void start(TargetClient client) {
        answer(client);
    }

    @Override
    public final void onRequestBody(ByteBuf in, int n) {
        in.skipBytes(n);
    }

    @Override
    public final void onRequestEnd(@Nullable Trailers trailers) {}

    @Override
    public final void onRequestBatch() {}

    @Override
    public final void onClientWritable(boolean writable) {}

    @Override
    public final void cancel() {}
}
