package dev.gatehouse.engine.consumer;

import dev.gatehouse.api.identity.Plan;
import dev.gatehouse.engine.config.ConsumerConfig;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.consumer.KeyRefused.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where operators have consumers made and listed, beside those of the file. Waits for the store, as [KeyDesk] does.
public final class ConsumerDesk {
    private final ConsumerDirectory directory;
    private final StoreCalls store;

    public ConsumerDesk(ConsumerDirectory directory) {
        this.directory = directory;
        this.store = new StoreCalls(directory.store());
    }

    /// All consumers: those of the file in its order, then those of the store by name.
    public List<ConsumerEntry> consumers() throws IOException {
        List<ConsumerEntry> all = new ArrayList<>();
        directory
                .written()
                .forEach((name, config) -> all.add(new ConsumerEntry(
                        name, true, config.plan(), config.contact(), config.groups(), config.roles())));
        store.all(StoredConsumer.CONSUMERS, KeyDesk.MOST).values().stream()
                .map(StoredConsumer::of)
                .filter(made -> !directory.written().containsKey(made.name()))
                .sorted(Comparator.comparing(StoredConsumer::name))
                .forEach(made -> all.add(ConsumerEntry.of(made)));
        return all;
    }

    List<String> names() throws IOException {
        return consumers().stream().map(ConsumerEntry::name).toList();
    }

    /// Makes a consumer that stands in no file.
    ///
    /// @param plan by its name in the file; null for none
    /// @param contact whom to write to; null for nobody
    public ConsumerEntry create(
            String name, @Nullable String plan, @Nullable String contact, List<String> groups, List<String> roles)
            throws KeyRefused, IOException {
        if (!ConsumerConfig.NAME.matcher(name).matches()) {
            throw new KeyRefused(
                    Reason.NONSENSE,
                    "name: a consumer's begins with a letter or a digit, and has up to 128 letters, digits, . _ @ +"
                            + " and -");
        }
        if (plan != null && directory.plan(plan) == null) {
            List<String> plans = directory.plans().stream().map(Plan::name).toList();
            throw new KeyRefused(
                    Reason.NO_SUCH_PLAN,
                    "There is no plan '" + plan + "'. "
                            + (plans.isEmpty() ? "The file has none." : "There are: " + String.join(", ", plans)));
        }
        StoredConsumer made = new StoredConsumer(
                name, plan, contact, groups, roles, directory.clock().instant());
        if (directory.written().containsKey(name)
                || !store.putIfAbsent(StoredConsumer.CONSUMERS + name, made.octets(), StoreCalls.FOREVER)) {
            throw new KeyRefused(Reason.CONSUMER_EXISTS, "There is a consumer '" + name + "' already.");
        }
        directory.stored().forgetConsumer(name);
        return ConsumerEntry.of(made);
    }

    /// Forgets a consumer, and takes all its keys back.
    ///
    /// @param keys of the same directory
    public void remove(String name, KeyDesk keys) throws KeyRefused, IOException {
        if (directory.written().containsKey(name)) {
            throw new KeyRefused(Reason.IN_FILE, "Consumer '" + name + "' stands in the file: take it out there.");
        }
        if (store.get(StoredConsumer.CONSUMERS + name) == null) {
            String question = Suggestions.question(Suggestions.nearest(name, names()));
            throw new KeyRefused(
                    Reason.NO_SUCH_CONSUMER,
                    "There is no consumer '" + name + "'." + (question.isEmpty() ? "" : " D" + question.substring(1)));
        }
        for (KeyEntry key : keys.keys()) {
            if (key.consumer().equals(name)) {
                keys.revoke(key.id());
            }
        }
        store.remove(StoredConsumer.CONSUMERS + name);
        directory.stored().forgetConsumer(name);
    }
}
