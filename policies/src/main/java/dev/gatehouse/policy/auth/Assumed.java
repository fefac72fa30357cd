package dev.gatehouse.policy.auth;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.identity.AssumedIdentity;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.time.TimeSource;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Somebody who is taken for granted, in `explain` and tests, where the methods of a route would ask for a credential.
///
/// @param methods of the route, in their order
/// @param all whether every one has to know them
record Assumed(List<Method> methods, boolean all, TimeSource time) {
    /// What the methods would say.
    sealed interface Verdict {}

    record Known(Identity identity) implements Verdict {}

    /// @param method that would know them, but for the time
    record Expired(Method method) implements Verdict {}

    /// @param method that would have to know them; null when one of any would have done
    record Unknown(@Nullable Method method) implements Verdict {}

    /// Tells which rule decides, as asking does.
    Verdict of(Exchange exchange, AssumedIdentity who) {
        Identity soFar = null;
        for (Method method : methods) {
            exchange.rule(method.rule(), method.place());
            Identity identity = who.knownBy(method.name());
            if (identity == null && all) {
                return unknown(exchange, who, method);
            }
            if (identity == null) {
                continue;
            }
            if (!isGoodNow(identity)) {
                exchange.note("assumed, and not good now");
                return new Expired(method);
            }
            soFar = soFar == null ? identity : soFar.and(identity);
            if (!all) {
                break;
            }
        }
        return soFar == null ? unknown(exchange, who, null) : new Known(soFar);
    }

    private static Verdict unknown(Exchange exchange, AssumedIdentity who, @Nullable Method method) {
        if (exchange.isRecorded()) {
            exchange.note("assumed is somebody of " + String.join(", ", new TreeSet<>(who.methods())));
        }
        return new Unknown(method);
    }

    /// Claims of somebody who is believed hold as those of a token do (RFC 7519 §4.1.4, §4.1.5).
    private boolean isGoodNow(Identity identity) {
        long now = time.now().getEpochSecond();
        return !(identity.claim("exp") instanceof Number end && end.longValue() <= now)
                && !(identity.claim("nbf") instanceof Number begin && begin.longValue() > now);
    }
}
