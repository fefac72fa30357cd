package dev.gatehouse.engine.service.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.service.connection.HealthQuestion;
import dev.gatehouse.http1.FieldSink;
import dev.gatehouse.http1.HeadWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an instance is asked to see whether it is well. The same octets each time.
abstract sealed class CheckRequest implements HealthQuestion permits HttpCheck, GrpcCheck {
    private static final byte[] HTTP_1_1 = " HTTP/1.1\r\n".getBytes(US_ASCII);
    private static final byte[] SEPARATOR = {':', ' '};

    /// A field of the request.
    record Field(byte[] name, byte[] value) {
        Field(String name, String value) {
            this(name.getBytes(US_ASCII), value.getBytes(US_ASCII));
        }

        static Field host(byte[] authority) {
            return new Field("Host".getBytes(US_ASCII), authority);
        }

        static Field userAgent() {
            return new Field("User-Agent", "gatehouse-health");
        }
    }

    private final byte[] method;
    private final byte[] path;
    private final List<Field> fields;
    private final byte[] body;

    CheckRequest(String method, String path, List<Field> fields, byte[] body) {
        this.method = method.getBytes(US_ASCII);
        this.path = path.getBytes(US_ASCII);
        this.fields = fields;
        this.body = body;
    }

    /// @param authority of the instance, as the user wrote it
    /// @return null when nothing is asked
    static @Nullable CheckRequest of(HealthCheckConfig config, byte[] authority) {
        if (config.grpc() != null) {
            return new GrpcCheck(config.grpc(), authority);
        }
        return config.path() == null ? null : new HttpCheck(config.path(), config, authority);
    }

    @Override
    public void writeHead(HeadWriter head) {
        head.put(method).put(' ').put(path).put(HTTP_1_1);
        for (Field field : fields) {
            head.put(field.name()).put(SEPARATOR).put(field.value()).crlf();
        }
        head.crlf();
    }

    @Override
    public void writeMethod(HeadWriter out) {
        out.put(method);
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
        return body.length > 0;
    }

    @Override
    public byte[] body() {
        return body;
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
