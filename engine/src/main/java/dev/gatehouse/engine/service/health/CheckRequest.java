package dev.gatehouse.engine.service.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.service.connection.ServiceRequest;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.FieldSink;
import dev.gatehouse.http1.HeadWriter;
import org.jspecify.annotations.Nullable;

/// What an instance is asked to see whether it is well: a GET that says who asks, and that nothing follows.
final class CheckRequest implements ServiceRequest {
    private static final byte[] GET = "GET".getBytes(US_ASCII);
    private static final byte[] HTTP_1_1 = " HTTP/1.1\r\n".getBytes(US_ASCII);
    private static final byte[] HOST = "Host".getBytes(US_ASCII);

    private final byte[] path;
    private final byte[] authority;
    private final FieldEdits fields = new FieldEdits();

    /// @param authority of the instance, as the user wrote it
    CheckRequest(String path, byte[] authority) {
        this.path = path.getBytes(US_ASCII);
        this.authority = authority;
        fields.add(HOST, authority);
        add("User-Agent", "gatehouse-health");
        add("Accept", "*/*");
        add("Connection", "close");
    }

    private void add(String name, String value) {
        fields.add(name.getBytes(US_ASCII), value.getBytes(US_ASCII));
    }

    @Override
    public void writeHead(HeadWriter head) {
        head.put(GET).put(' ').put(path).put(HTTP_1_1);
        fields.writeTo(head);
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
        return false;
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
