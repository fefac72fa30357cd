package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http1.FieldBlock.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Text in, parsed head (or the reason against it) out; one char per octet.
final class Heads {
    private Heads() {}

    static ByteBuf octets(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
    }

    /// A request that is expected to be accepted, and to end where `text` ends.
    static ParsedRequest request(String text) {
        ParsedRequest request = new ParsedRequest();
        ByteBuf in = octets(text);
        Progress progress = request.parse(in, HeadLimits.DEFAULT);
        assertThat(request.fault()).isNull();
        assertThat(progress).isEqualTo(Progress.COMPLETE);
        assertThat(in.readableBytes()).isZero();
        return request;
    }

    /// Why a request is refused.
    static HeadFault requestFault(String text) {
        ParsedRequest request = new ParsedRequest();
        assertThat(request.parse(octets(text), HeadLimits.DEFAULT)).isEqualTo(Progress.REFUSED);
        return request.fault();
    }

    /// An answer that is expected to be accepted, and to end where `text` ends.
    static ParsedResponse response(String text) {
        ParsedResponse response = new ParsedResponse();
        ByteBuf in = octets(text);
        Progress progress = response.parse(in, HeadLimits.DEFAULT);
        assertThat(response.fault()).isNull();
        assertThat(progress).isEqualTo(Progress.COMPLETE);
        assertThat(in.readableBytes()).isZero();
        return response;
    }

    /// Why an answer is refused.
    static HeadFault responseFault(String text) {
        ParsedResponse response = new ParsedResponse();
        assertThat(response.parse(octets(text), HeadLimits.DEFAULT)).isEqualTo(Progress.REFUSED);
        return response.fault();
    }

    /// The field lines that would be forwarded.
    static String written(FieldBlock block) {
        HeadWriter out = new HeadWriter();
        block.writeFields(out);
        return out.toString();
    }
}
