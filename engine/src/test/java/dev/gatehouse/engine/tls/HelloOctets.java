package dev.gatehouse.engine.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/// Puts the first message of a TLS client together, right or wrong.
final class HelloOctets {
    private final List<ByteBuf> extensions = new ArrayList<>();
    private int sessionId = 32;
    private int cipherOctets = 4;
    private boolean withExtensions = true;
    private int trailing;

    static HelloOctets naming(String host) {
        return new HelloOctets()
                .extension(43, Unpooled.wrappedBuffer(new byte[] {2, 3, 4}))
                .name(host);
    }

    HelloOctets name(String host) {
        byte[] octets = host.getBytes(US_ASCII);
        ByteBuf content = Unpooled.buffer();
        content.writeShort(octets.length + 3)
                .writeByte(0)
                .writeShort(octets.length)
                .writeBytes(octets);
        return extension(0, content);
    }

    HelloOctets extension(int type, ByteBuf content) {
        ByteBuf whole = Unpooled.buffer();
        whole.writeShort(type).writeShort(content.readableBytes()).writeBytes(content);
        extensions.add(whole);
        return this;
    }

    HelloOctets padding(int octets) {
        return extension(21, Unpooled.wrappedBuffer(new byte[octets]));
    }

    HelloOctets withoutExtensions() {
        withExtensions = false;
        return this;
    }

    HelloOctets sessionId(int octets) {
        sessionId = octets;
        return this;
    }

    HelloOctets ciphers(int octets) {
        cipherOctets = octets;
        return this;
    }

    HelloOctets trailing(int octets) {
        trailing = octets;
        return this;
    }

    /// The message, without records.
    byte[] message() {
        ByteBuf body = Unpooled.buffer();
        body.writeShort(0x0303).writeZero(32);
        body.writeByte(sessionId).writeZero(sessionId);
        body.writeShort(cipherOctets).writeZero(cipherOctets);
        body.writeByte(1).writeByte(0);
        if (withExtensions) {
            int length = extensions.stream().mapToInt(ByteBuf::readableBytes).sum();
            body.writeShort(length);
            extensions.forEach(one -> body.writeBytes(one.duplicate()));
        }
        body.writeZero(trailing);
        ByteBuf message = Unpooled.buffer();
        message.writeByte(1).writeMedium(body.readableBytes()).writeBytes(body);
        return octets(message);
    }

    /// In records that hold so many octets at most.
    byte[] records(int each) {
        byte[] message = message();
        ByteBuf out = Unpooled.buffer();
        for (int at = 0; at < message.length; at += each) {
            int count = Math.min(each, message.length - at);
            out.writeByte(22).writeShort(0x0301).writeShort(count).writeBytes(message, at, count);
        }
        return octets(out);
    }

    byte[] record() {
        return records(1 << 14);
    }

    private static byte[] octets(ByteBuf buffer) {
        byte[] octets = new byte[buffer.readableBytes()];
        buffer.readBytes(octets);
        return octets;
    }
}
