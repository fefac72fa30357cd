package dev.gatehouse.engine.target;

/// Where the parameters of the matched route stand in the request's path, in its normal form: positions in the octets
/// of the head ([dev.gatehouse.http1.FieldBlock#bytes()]). `rest` is what a `**` at the end matched, without the `/`
/// before it. Valid while the exchange lasts.
public interface PathParameters {
    /// A route without parameters.
    PathParameters NONE = new PathParameters() {
        @Override
        public int from(String name) {
            return -1;
        }

        @Override
        public int to(String name) {
            return -1;
        }
    };

    /// Where the value of this parameter starts; -1 when the route has none of this name.
    int from(String name);

    /// Where it ends; -1 when the route has none of this name.
    int to(String name);
}
