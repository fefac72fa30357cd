package dev.gatehouse.engine.explain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.engine.exchange.ClientStream;
import dev.gatehouse.engine.exchange.ExchangeDriver;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The client of a rehearsal: has the whole body at hand, and keeps the answer.
final class RehearsedStream implements ClientStream {
    private final ExchangeDriver driver;
    private final byte[] body;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private List<Map.Entry<String, String>> headers = List.of();
    private int status;
    private boolean bodyGiven;
    private boolean ended;
    private boolean aborted;

    RehearsedStream(ExchangeDriver driver, byte[] body) {
        this.driver = driver;
        this.body = body;
    }

    @Override
    public void sendInterim(ParsedResponse head) {}

    @Override
    public void sendHead(
            ParsedResponse head, FieldEdits fields, boolean hasBody, long length, int bodyAtHand, boolean whole) {
        status = head.status();
        HeadWriter lines = new HeadWriter();
        fields.writeTo(lines);
        headers = fields(new String(lines.toArray(), ISO_8859_1));
    }

    private static List<Map.Entry<String, String>> fields(String lines) {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        for (String line : lines.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                all.add(Map.entry(
                        line.substring(0, colon), line.substring(colon + 1).strip()));
            }
        }
        return all;
    }

    @Override
    public void sendBody(ByteBuf in, int n) {
        byte[] octets = new byte[n];
        in.readBytes(octets);
        answer.writeBytes(octets);
    }

    @Override
    public void sendEnd(@Nullable Trailers trailers) {}

    @Override
    public void flush() {}

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void readBody(boolean on) {
        if (!on || bodyGiven || ended) {
            return;
        }
        bodyGiven = true;
        if (body.length > 0) {
            driver.onBody(Unpooled.wrappedBuffer(body), body.length);
        }
        if (!ended) {
            driver.onBodyEnd(null);
        }
        if (!ended) {
            driver.onBatch();
        }
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public void exchangeEnded() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /// 0 when no head was sent, or what was sent was cut off.
    int status() {
        return aborted ? 0 : status;
    }

    List<Map.Entry<String, String>> headers() {
        return headers;
    }

    byte[] body() {
        return answer.toByteArray();
    }
}
