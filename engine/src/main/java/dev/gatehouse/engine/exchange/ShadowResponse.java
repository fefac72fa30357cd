package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.ChunkTransform;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// An answer as a policy in shadow mode has it: what it does to the fields is taken back afterwards, what it does to
/// the body is not done at all.
record ShadowResponse(Response response) implements Response {
    @Override
    public int status() {
        return response.status();
    }

    @Override
    public @Nullable Text header(HeaderName name) {
        return response.header(name);
    }

    @Override
    public List<Text> headers(HeaderName name) {
        return response.headers(name);
    }

    @Override
    public Response set(HeaderName name, String value) {
        response.set(name, value);
        return this;
    }

    @Override
    public Response add(HeaderName name, String value) {
        response.add(name, value);
        return this;
    }

    @Override
    public Response remove(HeaderName name) {
        response.remove(name);
        return this;
    }

    @Override
    public Body body() {
        return new ShadowBody(response.body());
    }

    /// May be looked at.
    private record ShadowBody(Body body) implements Body {
        @Override
        public long length() {
            return body.length();
        }

        @Override
        public CompletionStage<byte[]> collect(int limit) {
            return body.collect(limit);
        }

        @Override
        public void map(ChunkTransform transform) {}

        @Override
        public void limit(long octets) {}

        @Override
        public void replace(byte[] octets) {}
    }
}
