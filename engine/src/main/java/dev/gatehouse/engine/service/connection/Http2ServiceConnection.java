package dev.gatehouse.engine.service.connection;
import dev.gatehouse.engine.service.Instance;
import io.netty.channel.ChannelInboundHandlerAdapter;
final class Http2ServiceConnection extends ChannelInboundHandlerAdapter implements PooledConnection {
    private final Instance instance;
    Http2ServiceConnection(ConnectionOwner owner, Instance instance, long timeLeft, Opening.Opened opened) { this.instance = instance; }
    public Instance instance() { return instance; }
    public void close() {}
    boolean hasRoom() { return false; }
    boolean wasUsed() { return false; }
    boolean isIdle() { return false; }
    void retire() {}
    void discard() {}
    ServiceConnection open() { throw new IllegalStateException(); }
}
