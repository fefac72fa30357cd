package dev.gatehouse.engine.telemetry.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// Standard output or standard error, past what Java puts around them: whole batches, no locks shared with others.
/// Never closed: the stream is the process's.
final class StreamOutput implements LineOutput {
    private final OutputStream stream;
    private final String name;

    StreamOutput(OutputStream stream, String name) {
        this.stream = stream;
        this.name = name;
    }

    static StreamOutput stdout() {
        return new StreamOutput(new FileOutputStream(FileDescriptor.out), "stdout");
    }

    static StreamOutput stderr() {
        return new StreamOutput(new FileOutputStream(FileDescriptor.err), "stderr");
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        stream.write(lines.array(), lines.arrayOffset() + lines.position(), lines.remaining());
        stream.flush();
        lines.position(lines.limit());
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return name;
    }
}
