package dev.gatehouse.engine.routing;

import dev.gatehouse.api.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a route wants of a request beyond host, path and method.
sealed interface Condition permits Condition.Client, FieldCondition {
    boolean holds(RouteRequest request);

    /// Why it does not hold. Says what was wanted, never what was found: that may be a secret.
    Miss miss(RouteRequest request);

    /// The same for two conditions on the same thing of a request.
    Object key();

    /// Whether each request that meets `narrower`, which has the same key, meets this one. May say no where yes
    /// were right.
    boolean covers(Condition narrower);

    /// Adds to `request` what meets this condition and `other`, a condition with the same key or this one again;
    /// null when that cannot be, or nothing is known that would.
    @Nullable
    SampleRequest meet(Condition other, SampleRequest request);

    /// The client is in one of the ranges.
    record Client(List<Cidr> ranges, List<String> written) implements Condition {
        @Override
        public boolean holds(RouteRequest request) {
            return Cidr.anyContains(ranges, request.clientAddress());
        }

        @Override
        public Miss miss(RouteRequest request) {
            return new Miss(Miss.Part.CLIENT, "client address is not in " + String.join(", ", written));
        }

        @Override
        public Object key() {
            return "client";
        }

        @Override
        public boolean covers(Condition narrower) {
            return narrower instanceof Client client
                    && client.ranges.stream().allMatch(one -> ranges.stream().anyMatch(mine -> mine.covers(one)));
        }

        @Override
        public @Nullable SampleRequest meet(Condition other, SampleRequest request) {
            for (Cidr mine : ranges) {
                for (Cidr theirs : ((Client) other).ranges) {
                    InetAddress common =
                            mine.covers(theirs) ? theirs.network() : theirs.covers(mine) ? mine.network() : null;
                    if (common != null) {
                        return request.withClient(common);
                    }
                }
            }
            return null;
        }
    }
}
