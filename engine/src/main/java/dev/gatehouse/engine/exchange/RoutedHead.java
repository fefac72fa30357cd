package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.engine.routing.RouteRequest;
import dev.gatehouse.http1.ParsedRequest;
import java.net.InetAddress;
import java.util.Arrays;

/// The request as routing sees it, over the slices of its head: the same octets that are authorised and forwarded. A
/// CORS preflight may stand for the request that it asks about ([#asPreflight]).
final class RoutedHead implements RouteRequest {
    private static final byte[] OPTIONS = "OPTIONS".getBytes(US_ASCII);
    private static final HeaderName ORIGIN = HeaderName.of("Origin");
    private static final HeaderName ASKED_METHOD = HeaderName.of("Access-Control-Request-Method");

    private final ParsedRequest request;
    private final Provenance provenance;

    /// The field that names the method a preflight asks about; -1 when the request is taken as what it is.
    private int asked = -1;

    RoutedHead(ParsedRequest request, Provenance provenance) {
        this.request = request;
        this.provenance = provenance;
    }

    /// Takes the request as what it asks about, when it is a preflight: `OPTIONS` with an origin and a method
    /// (Fetch standard, "CORS-preflight request").
    ///
    /// @return whether it is one
    boolean asPreflight() {
        boolean options =
                Arrays.equals(octets(), request.methodStart(), request.methodEnd(), OPTIONS, 0, OPTIONS.length);
        asked = options && find(ORIGIN, 0) >= 0 ? find(ASKED_METHOD, 0) : -1;
        return asked >= 0;
    }

    /// Takes the request as what it is.
    void asItself() {
        asked = -1;
    }

    /// Whether it stands for the request that it asks about.
    boolean isPreflight() {
        return asked >= 0;
    }

    @Override
    public byte[] octets() {
        return request.bytes();
    }

    @Override
    public int methodStart() {
        return asked < 0 ? request.methodStart() : request.valueStart(asked);
    }

    @Override
    public int methodEnd() {
        return asked < 0 ? request.methodEnd() : request.valueEnd(asked);
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
