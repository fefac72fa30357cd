package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.service.Instance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a pool has to one instance: idle HTTP/1.1 connections, HTTP/2 connections with or without streams, and one
/// that is being opened to be shared.
final class InstanceConnections {
    private final Instance instance;
    private final ArrayDeque<Http1ServiceConnection> idle = new ArrayDeque<>();

    /// Oldest first.
    private final List<Http2ServiceConnection> http2 = new ArrayList<>();

    /// What is being opened for several calls, and those that wait for it.
    private @Nullable SharedOpening opening;

    /// Whether the last connection over which the instance could choose became HTTP/1.1.
    private boolean choseHttp1;

    /// Why no TLS was agreed on when it was last tried; null when it was.
    private @Nullable String refusal;

    InstanceConnections(Instance instance) {
        this.instance = instance;
    }

    Instance instance() {
        return instance;
    }

    /// The HTTP/1.1 connections without a call; the one used last is last.
    ArrayDeque<Http1ServiceConnection> idle() {
        return idle;
    }

    /// The first with room: the others can empty and close.
    @Nullable
    Http2ServiceConnection withRoom() {
        for (int i = 0; i < http2.size(); i++) {
            Http2ServiceConnection connection = http2.get(i);
            if (connection.hasRoom()) {
                return connection;
            }
        }
        return null;
    }

    void add(Http2ServiceConnection connection) {
        http2.add(connection);
    }

    void remove(PooledConnection connection) {
        switch (connection) {
            case Http1ServiceConnection one -> idle.remove(one);
            case Http2ServiceConnection two -> http2.remove(two);
        }
    }

    @Nullable
    SharedOpening opening() {
        return opening;
    }

    void opening(@Nullable SharedOpening now) {
        opening = now;
    }

    boolean choseHttp1() {
        return choseHttp1;
    }

    void choseHttp1(boolean did) {
        choseHttp1 = did;
    }

    @Nullable
    String refusal() {
        return refusal;
    }

    void refusal(@Nullable String now) {
        refusal = now;
    }

    /// Closes the connection that nobody has used for longest.
    ///
    /// @return whether there was one without a call
    boolean closeOneIdle() {
        Http1ServiceConnection oldest = idle.pollFirst();
        if (oldest != null) {
            oldest.unpark();
            oldest.close();
            return true;
        }
        for (Http2ServiceConnection connection : http2) {
            if (connection.isIdle()) {
                connection.close();
                return true;
            }
        }
        return false;
    }

    /// Closes what nobody uses; HTTP/2 connections end after their last stream.
    void retire() {
        idle.forEach(Http1ServiceConnection::close);
        List.copyOf(http2).forEach(Http2ServiceConnection::retire);
    }

    int idleCount() {
        return idle.size()
                + (int) http2.stream().filter(Http2ServiceConnection::isIdle).count();
    }
}
