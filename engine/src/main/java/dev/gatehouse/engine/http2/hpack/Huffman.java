package dev.gatehouse.engine.http2.hpack;

/// The code in which strings may be written (RFC 7541 §5.2, appendix B), read four bits at a time.
///
/// The code is canonical: its lengths are all there is to know, for among codes of one length the values
/// follow the symbols.
final class Huffman {
    private static final int EOS = 256;
    private static final int LONGEST = 30;

    /// Bits of each symbol's code.
    private static final byte[] LENGTHS = {
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7,
        7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21,
        23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24,
        21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30
    };

    /// A step brings a symbol, in the lowest octet.
    private static final int SYMBOL = 1 << 8;

    /// A string may end after this step: what is left of it is padding.
    private static final int MAY_END = 1 << 9;

    /// There is no such step.
    private static final int WRONG = 1 << 10;

    private static final int NEXT = 16;

    /// For each inner node of the tree of codes and each four bits: where they lead, and what they bring.
    private static final int[] STEPS = steps();

    private Huffman() {}

    /// Reads `[from, to)` of `in` into `out`, which has room for eight octets for every five.
    ///
    /// @return how many octets were written; -1 when it is not in this code
    static int decode(byte[] in, int from, int to, byte[] out) {
        int node = 0;
        int length = 0;
        boolean mayEnd = true;
        for (int i = from; i < to; i++) {
            int b = in[i];
            int step = STEPS[node * 16 + ((b >>> 4) & 15)];
            if ((step & SYMBOL) != 0) {
                out[length++] = (byte) step;
            }
            int second = STEPS[(step >>> NEXT) * 16 + (b & 15)];
            if ((second & SYMBOL) != 0) {
                out[length++] = (byte) second;
            }
            if (((step | second) & WRONG) != 0) {
                return -1;
            }
            node = second >>> NEXT;
            mayEnd = (second & MAY_END) != 0;
        }
        return mayEnd ? length : -1;
    }

    /// A tree has one inner node less than leaves; a child is an inner node, or `~symbol`.
    private static int[] steps() {
        int[] children = new int[EOS * 2];
        int nodes = 1;
        int code = 0;
        for (int bits = 1; bits <= LONGEST; bits++) {
            for (int symbol = 0; symbol <= EOS; symbol++) {
                if (LENGTHS[symbol] == bits) {
                    int node = 0;
                    for (int bit = bits - 1; bit > 0; bit--) {
                        int child = node * 2 + ((code >>> bit) & 1);
                        if (children[child] == 0) {
                            children[child] = nodes++;
                        }
                        node = children[child];
                    }
                    children[node * 2 + (code & 1)] = ~symbol;
                    code++;
                }
            }
            code <<= 1;
        }
        boolean[] mayEnd = mayEnd(children, nodes);
        int[] steps = new int[nodes * 16];
        for (int node = 0; node < nodes; node++) {
            for (int four = 0; four < 16; four++) {
                steps[node * 16 + four] = step(children, node, four, mayEnd);
            }
        }
        return steps;
    }

    /// Padding is the first bits of EOS, which are ones, and fewer than eight of them.
    private static boolean[] mayEnd(int[] children, int nodes) {
        boolean[] mayEnd = new boolean[nodes];
        int node = 0;
        for (int ones = 0; ones < 8; ones++) {
            mayEnd[node] = true;
            node = children[node * 2 + 1];
        }
        return mayEnd;
    }

    private static int step(int[] children, int from, int four, boolean[] mayEnd) {
        int node = from;
        int brought = 0;
        for (int bit = 3; bit >= 0; bit--) {
            int child = children[node * 2 + ((four >>> bit) & 1)];
            if (child == ~EOS) {
                return WRONG;
            }
            if (child < 0) {
                brought = SYMBOL | ~child;
                node = 0;
            } else {
                node = child;
            }
        }
        return node << NEXT | (mayEnd[node] ? MAY_END : 0) | brought;
    }
}
