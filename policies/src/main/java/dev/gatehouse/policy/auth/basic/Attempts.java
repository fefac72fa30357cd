package dev.gatehouse.policy.auth.basic;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.limit.Rate;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Counts how often passwords are checked, by user name and by client address, in the store. Taken before the check: a
/// burst must not get through while the first of it is being checked.
final class Attempts {
    private final StateRef<Store> store;
    private final String name;
    private final Rate perUser;
    private final Rate perAddress;

    Attempts(AttemptsConfig config, AuthenticatorContext context) {
        this.store = context.store(config.store());
        this.name = "basic/" + context.name();
        this.perUser = config.userRate();
        this.perAddress = config.addressRate();
    }

    /// @return milliseconds to wait; 0 when it may be tried now. Fails with an [java.io.IOException] when nobody
    ///     can say.
    CompletionStage<Long> take(Exchange exchange, String user) {
        List<LimitTake> wishes = new ArrayList<>(2);
        add(wishes, perUser, "/user=" + hash(user));
        add(wishes, perAddress, "/client_ip=" + network(exchange.request().clientAddress()));
        return wishes.isEmpty()
                ? CompletableFuture.completedStage(0L)
                : exchange.state(store).take(wishes).thenApply(Attempts::toWait);
    }

    private void add(List<LimitTake> wishes, Rate rate, String whose) {
        if (!rate.isUnlimited()) {
            LimitRule rule =
                    new LimitRule.SlidingWindow(rate.count(), rate.window().toMillis());
            wishes.add(new LimitTake(rule, name + whose, 1));
        }
    }

    private static long toWait(List<LimitState> states) {
        long longest = 0;
        for (LimitState state : states) {
            if (!state.allowed()) {
                longest = Math.max(longest, Math.max(1, state.retryMillis()));
            }
        }
        return longest;
    }

    /// Whoever has one address of IPv6 has its whole /64.
    private static String network(InetAddress client) {
        byte[] octets = client.getAddress();
        return client instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(octets, 8)) + "/64"
                : client.getHostAddress();
    }

    /// Names come from clients: any length, any letters.
    private static String hash(String user) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
