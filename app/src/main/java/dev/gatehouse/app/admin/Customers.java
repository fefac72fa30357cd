package dev.gatehouse.app.admin;

import dev.gatehouse.api.identity.Consumers.KeyOwner;
import dev.gatehouse.api.identity.Plan;
import dev.gatehouse.app.admin.view.ConsumerStatus;
import dev.gatehouse.app.admin.view.KeyState;
import dev.gatehouse.app.admin.view.KeyStatus;
import dev.gatehouse.app.admin.view.KeyVerdict;
import dev.gatehouse.app.admin.view.NewKey;
import dev.gatehouse.app.admin.view.PlanStatus;
import dev.gatehouse.app.admin.view.Source;
import dev.gatehouse.engine.consumer.ApiKey;
import dev.gatehouse.engine.consumer.ConsumerDesk;
import dev.gatehouse.engine.consumer.ConsumerDirectory;
import dev.gatehouse.engine.consumer.ConsumerEntry;
import dev.gatehouse.engine.consumer.IssuedKey;
import dev.gatehouse.engine.consumer.KeyDesk;
import dev.gatehouse.engine.consumer.KeyEntry;
import dev.gatehouse.engine.consumer.KeyRefused;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Consumers, plans and keys of one snapshot, as the admin API shows and changes them. What it does waits for the
/// store and fails with an [IOException] when that cannot be reached.
public final class Customers {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ConsumerDirectory directory;
    private final KeyDesk keys;
    private final ConsumerDesk consumers;
    private final String keptIn;
    private final Function<String, @Nullable String> place;
    private final InstantSource clock;

    /// @param keptIn the name of the store, or `memory`
    /// @param place where a path of the file was written; null when it was not
    public Customers(
            ConsumerDirectory directory, String keptIn, Function<String, @Nullable String> place, InstantSource clock) {
        this.directory = directory;
        this.keys = new KeyDesk(directory, ApiKey.PREFIX, RANDOM);
        this.consumers = new ConsumerDesk(directory);
        this.keptIn = keptIn;
        this.place = place;
        this.clock = clock;
    }

    List<KeyStatus> keys() throws IOException {
        return keys.keys().stream().map(Customers::status).toList();
    }

    List<ConsumerStatus> consumers() throws IOException {
        List<KeyStatus> all = keys();
        return consumers.consumers().stream().map(one -> status(one, all)).toList();
    }

    List<PlanStatus> plans() throws IOException {
        List<ConsumerEntry> all = consumers.consumers();
        return directory.plans().stream().map(plan -> status(plan, all)).toList();
    }

    void addConsumer(
            String name, @Nullable String plan, @Nullable String contact, List<String> groups, List<String> roles)
            throws KeyRefused, IOException {
        consumers.create(name, plan, contact, groups, roles);
    }

    void removeConsumer(String name) throws KeyRefused, IOException {
        consumers.remove(name, keys);
    }

    NewKey create(String consumer, @Nullable Instant notBefore, @Nullable Instant expires)
            throws KeyRefused, IOException {
        return told(keys.create(consumer, notBefore, expires), null, null);
    }

    NewKey roll(String id, Duration overlap, @Nullable Instant expires) throws KeyRefused, IOException {
        IssuedKey made = keys.roll(id, overlap, expires);
        KeyEntry replaced = entry(id);
        return told(made, id, replaced == null ? null : replaced.expires());
    }

    KeyStatus revoke(String id) throws KeyRefused, IOException {
        return status(keys.revoke(id));
    }

    /// Whose this key is. Counts for nothing.
    public KeyVerdict verify(String key) throws IOException {
        return switch (keys.verify(key)) {
            case KeyOwner.Known(var consumer, String id, Instant expires) -> {
                Plan plan = consumer.plan();
                yield new KeyVerdict(true, id, consumer.name(), plan == null ? null : plan.name(), expires, null);
            }
            case KeyOwner.Lapsed(String id, String why) -> {
                KeyEntry lapsed = entry(id);
                yield lapsed == null
                        ? new KeyVerdict(false, id, null, null, null, why)
                        : new KeyVerdict(false, id, lapsed.consumer(), null, lapsed.expires(), why);
            }
            case KeyOwner.Unknown _ -> new KeyVerdict(false, null, null, null, null, "nobody has this key");
        };
    }

    private @Nullable KeyEntry entry(String id) throws IOException {
        return keys.keys().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    Instant now() {
        return clock.instant();
    }

    private NewKey told(IssuedKey made, @Nullable String replaces, @Nullable Instant until) {
        KeyEntry entry = made.entry();
        return new NewKey(
                made.key().reveal(),
                entry.id(),
                entry.consumer(),
                made.key().sha256(),
                entry.notBefore(),
                entry.expires(),
                keptIn,
                replaces,
                until);
    }

    private static KeyStatus status(KeyEntry key) {
        return new KeyStatus(
                key.id(),
                key.consumer(),
                key.inFile() ? Source.FILE : Source.STORE,
                switch (key.state()) {
                    case ACTIVE -> KeyState.ACTIVE;
                    case PENDING -> KeyState.PENDING;
                    case EXPIRED -> KeyState.EXPIRED;
                    case REVOKED -> KeyState.REVOKED;
                },
                key.created(),
                key.notBefore(),
                key.expires(),
                key.revoked(),
                key.replacedBy(),
                key.requests(),
                key.lastUsed());
    }

    private ConsumerStatus status(ConsumerEntry consumer, List<KeyStatus> all) {
        List<KeyStatus> own = all.stream()
                .filter(key -> key.consumer().equals(consumer.name()))
                .toList();
        return new ConsumerStatus(
                consumer.name(),
                consumer.inFile() ? Source.FILE : Source.STORE,
                consumer.plan(),
                consumer.contact(),
                consumer.groups(),
                consumer.roles(),
                consumer.inFile() ? place.apply("consumers." + consumer.name()) : null,
                own.stream().mapToLong(KeyStatus::requests).sum(),
                own);
    }

    private PlanStatus status(Plan plan, List<ConsumerEntry> all) {
        List<PlanStatus.OnRoute> routes = new ArrayList<>();
        plan.routes().forEach((route, allowance) -> routes.add(new PlanStatus.OnRoute(route, allowance(allowance))));
        return new PlanStatus(
                plan.name(),
                allowance(plan.allowance()),
                routes,
                place.apply("plans." + plan.name()),
                all.stream()
                        .filter(one -> plan.name().equals(one.plan()))
                        .map(ConsumerEntry::name)
                        .toList());
    }

    private static PlanStatus.Allowance allowance(Plan.Allowance allowed) {
        return new PlanStatus.Allowance(
                allowed.rateLimit() == null ? null : allowed.rateLimit().toString(),
                allowed.burst(),
                allowed.quota() == null ? null : allowed.quota().toString());
    }
}
