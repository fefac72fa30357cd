package dev.gatehouse.testkit.http2;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A frame as a [FrameConnection] has received it (RFC 9113 §6).
///
/// @param fields of HEADERS, in order; else empty
/// @param payload of any other frame
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReceivedFrame(int type, int flags, int stream, List<Map.Entry<String, String>> fields, byte[] payload) {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public ReceivedFrame {
        fields = List.copyOf(fields);
    }

    /// Whether its sender has no more for the stream.
    public boolean endsStream() {
        return (type == DATA || type == HEADERS) && (flags & 1) != 0;
    }

    /// The first value of this field, or null.
    public @Nullable String field(String name) {
        for (Map.Entry<String, String> field : fields) {
            if (field.getKey().equals(name)) {
                return field.getValue();
            }
        }
        return null;
    }

    /// The error code of RST_STREAM.
    public int error() {
        return payload[3] & 0xff;
    }
}
