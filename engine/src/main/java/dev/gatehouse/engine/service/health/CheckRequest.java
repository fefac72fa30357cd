package dev.gatehouse.engine.service.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.service.connection.HealthQuestion;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.FieldSink;
import dev.gatehouse.http1.HeadWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an instance is asked to see whether it is well. The same octets each time.
abstract sealed class CheckRequest implements HealthQuestion permits HttpCheck, GrpcCheck {
    private static final byte[] HTTP_1_1 = " HTTP/1.1\r\n".getBytes(US_ASCII);

    private final byte[] method;
    private final byte[] path;
    private final byte[] authority;
    private final FieldEdits fields = new FieldEdits();
    private final byte[] body;

    /// @param authority of the instance, as the user wrote it
    /// @param more fields beside those that say who is asked and who asks
    CheckRequest(String method, String path, byte[] authority, Map<String, String> more, byte[] body) {
        this.method = method.getBytes(US_ASCII);
        this.path = path.getBytes(US_ASCII);
        this.authority = authority;
        this.body = body;
        fields.add("Host".getBytes(US_ASCII), authority);
        add("User-Agent", "gatehouse-health");
        more.forEach(this::add);
    }

    private void add(String name, String value) {
        fields.add(name.getBytes(US_ASCII), value.getBytes(US_ASCII));
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
        fields.writeTo(head);
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
    public void writeAuthority(HeadWriter out) {
        out.put(authority);
    }

    @Override
    public void tell(FieldSink sink) {
        fields.tell(sink);
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
    public @Nullable String upgrade() {
        return null;
    }
}
