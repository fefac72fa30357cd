package dev.gatehouse.engine.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The sockets that share a port (`SO_REUSEPORT`), and how the kernel spreads new connections over them.
///
/// A listening socket that is closed takes the connections in its accept queue with it. So before a gateway that is
/// being replaced closes its sockets, it asks the kernel to send new connections to its successor's: a classic BPF
/// program that picks the socket's number in the group (Linux, socket(7), `SO_ATTACH_REUSEPORT_CBPF`). The sockets
/// of whoever listened first have the lowest numbers; when one is closed, the last one takes its number.
public final class ReusePortGroup {
    private static final int SOL_SOCKET = 1;
    private static final int ATTACH_CBPF = 51;
    private static final int DETACH_BPF = 68;

    /// `struct sock_fprog`: a count, padding, a pointer.
    private static final int PROGRAM_SIZE = 16;

    private static final int INSTRUCTION_SIZE = 8;

    private static final ChannelOption<ByteBuffer> ATTACH =
            new RawUnixChannelOption("SO_ATTACH_REUSEPORT_CBPF", SOL_SOCKET, ATTACH_CBPF, PROGRAM_SIZE);
    private static final ChannelOption<ByteBuffer> DETACH =
            new RawUnixChannelOption("SO_DETACH_REUSEPORT_BPF", SOL_SOCKET, DETACH_BPF, Integer.BYTES);

    private static final int LOAD_ABSOLUTE_WORD = 0x20;
    private static final int RANDOM = -0x1000 + 56;
    private static final int MODULO = 0x94;
    private static final int ADD = 0x04;
    private static final int RETURN_A = 0x16;
    private static final int RETURN_CONSTANT = 0x06;

    private ReusePortGroup() {}

    /// Sends new connections to the sockets that came after ours.
    ///
    /// @param socket one of ours
    /// @param ours how many of the group's sockets are ours: the first ones
    /// @param others how many came after them
    /// @return false when this system cannot do it; then nothing has changed
    public static boolean steerToOthers(Channel socket, int ours, int others) {
        ByteBuffer code = instructions(4);
        instruction(code, LOAD_ABSOLUTE_WORD, RANDOM);
        instruction(code, MODULO, others);
        instruction(code, ADD, ours);
        instruction(code, RETURN_A, 0);
        return attach(socket, code);
    }

    /// Sends new connections to one socket. A number the group does not have (any more) means: spread them over
    /// all.
    public static void steerTo(Channel socket, int number) {
        ByteBuffer code = instructions(1);
        instruction(code, RETURN_CONSTANT, number);
        attach(socket, code);
    }

    /// Lets the kernel spread connections over all sockets again.
    public static void spread(Channel socket) {
        ByteBuffer zero = ByteBuffer.allocateDirect(Integer.BYTES);
        set(socket, DETACH, zero);
    }

    private static boolean attach(Channel socket, ByteBuffer code) {
        ByteBuffer program = ByteBuffer.allocateDirect(PROGRAM_SIZE).order(ByteOrder.nativeOrder());
        program.putShort((short) (code.position() / INSTRUCTION_SIZE));
        program.putLong(8, MemorySegment.ofBuffer(code.flip()).address());
        program.position(0).limit(PROGRAM_SIZE);
        try {
            return set(socket, ATTACH, program);
        } finally {
            // Until the kernel has copied the program its memory must not be freed.
            Reference.reachabilityFence(code);
        }
    }

    private static boolean set(Channel socket, ChannelOption<ByteBuffer> option, ByteBuffer value) {
        try {
            return socket.config().setOption(option, value);
        } catch (RuntimeException e) {
            // Not Linux, or a kernel that does not let us: the caller does without.
            return false;
        }
    }

    private static ByteBuffer instructions(int count) {
        return ByteBuffer.allocateDirect(count * INSTRUCTION_SIZE).order(ByteOrder.nativeOrder());
    }

    private static void instruction(ByteBuffer code, int operation, int operand) {
        code.putShort((short) operation).put((byte) 0).put((byte) 0).putInt(operand);
    }
}
