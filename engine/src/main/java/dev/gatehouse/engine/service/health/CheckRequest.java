package dev.gatehouse.engine.service.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.service.connection.ServiceRequest;
import dev.gatehouse.http1.FieldSink;
import dev.gatehouse.http1.HeadWriter;
import java.util.List;

/// What an instance is asked to see whether it is well: a GET that says who asks, and that nothing follows.
final class CheckRequest implements ServiceRequest {
    private static final byte[] GET = "GET".getBytes(US_ASCII);
    private static final byte[] HTTP_1_1 = " HTTP/1.1\r\n".getBytes(US_ASCII);
    private static final byte[] SEPARATOR = {':', ' '};

    private record Field(byte[] name, byte[] value) {
        Field(String name, String value) {
            this(name.getBytes(US_ASCII), value.getBytes(US_ASCII));
        }
    }

    private final byte[] path;
    private final List<Field> fields;

    /// @param authority of the instance, as the user wrote it
    CheckRequest(String path, byte[] authority) {
        this.path = path.getBytes(US_ASCII);
        this.fields = List.of(
                new Field("Host".getBytes(US_ASCII), authority),
                new Field("User-Agent", "gatehouse-health"),
                new Field("Accept", "*/*"),
                new Field("Connection", "close"));
    }

    @Override
    public void writeHead(HeadWriter head) {
        head.put(GET).put(' ').put(path).put(HTTP_1_1);
        for (Field field : fields) {
            head.put(field.name()).put(SEPARATOR).put(field.value()).crlf();
        }
        head.crlf();
    }

    @Override
    public void writeMethod(HeadWriter out) {
        out.put(GET);
    }

    @Override
    public void writeTarget(HeadWriter out) {
        out.put(path);
    }

    @Override
    public void tellFields(FieldSink to) {
        for (Field field : fields) {
            to.field(field.name(), 0, field.name().length, field.value(), 0, field.value().length);
        }
    }

    @Override
    public boolean isHead() {
        return false;
    }

    @Override
    public boolean hasBody() {
        return false;
    }

    @Override
    public boolean isChunked() {
        return false;
    }

    @Override
    public boolean isUpgrade() {
        return false;
    }
}
