package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.engine.routing.RouteRequest;
import dev.gatehouse.http1.ParsedRequest;
import java.net.InetAddress;

/// The request as routing sees it, over the slices of its head: the same octets that are authorised and forwarded.
final class RoutedHead implements RouteRequest {
    private final ParsedRequest request;
    private final Provenance provenance;

    RoutedHead(ParsedRequest request, Provenance provenance) {
        this.request = request;
        this.provenance = provenance;
    }

    @Override
    public byte[] octets() {
        return request.bytes();
    }

    @Override
    public int methodStart() {
        return request.methodStart();
    }

    @Override
    public int methodEnd() {
        return request.methodEnd();
    }

    @Override
    public int hostStart() {
        return request.hostStart();
    }

    @Override
    public int hostEnd() {
        return request.hostEnd();
    }

    @Override
    public int pathStart() {
        return request.pathStart();
    }

    @Override
    public int pathEnd() {
        return request.pathEnd();
    }

    @Override
    public int queryStart() {
        return request.queryStart();
    }

    @Override
    public int queryEnd() {
        return request.queryEnd();
    }

    @Override
    public int find(HeaderName name, int from) {
        int field = request.find(name.lowerCase(), name.hashCode(), from);
        while (field >= 0 && request.dropped(field)) {
            field = request.find(name.lowerCase(), name.hashCode(), field + 1);
        }
        return field;
    }

    @Override
    public int valueStart(int field) {
        return request.valueStart(field);
    }

    @Override
    public int valueEnd(int field) {
        return request.valueEnd(field);
    }

    @Override
    public InetAddress clientAddress() {
        return provenance.clientAddress();
    }
}
