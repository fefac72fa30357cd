package dev.gatehouse.http1;

/// How large a head may be.
///
/// @param head bytes of the whole head, start line, line ends and the empty line included
/// @param startLine bytes of the request or status line without its line end; at most `head`
/// @param fields number of field lines
public record HeadLimits(int head, int startLine, int fields) {
    /// 64 KiB, 8 KiB, 100 fields.
    public static final HeadLimits DEFAULT = new HeadLimits(64 << 10, 8 << 10, 100);

    public HeadLimits {
        if (head < 256 || startLine < 64 || fields < 1) {
            throw new IllegalArgumentException("limits too small: " + head + ", " + startLine + ", " + fields);
        }
        // A start line is not measured against the head while it is read, so it must not be allowed to outgrow it.
        if (startLine > head) {
            throw new IllegalArgumentException("a start line of " + startLine + " in a head of " + head);
        }
    }
}
