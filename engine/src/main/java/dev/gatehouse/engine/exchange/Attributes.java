package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Attribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What policies leave for each other in one exchange, with a journal, so that what a policy in shadow mode left
/// can be taken back. Used again by the next exchange; costs nothing while nobody leaves anything.
final class Attributes {
    private final List<Attribute<?>> names = new ArrayList<>(4);
    private final List<@Nullable Object> values = new ArrayList<>(4);

    /// What was there before each change: index and value in turn.
    private final List<Change> journal = new ArrayList<>(4);

    private record Change(int index, @Nullable Object before) {}

    <T> @Nullable T get(Attribute<T> attribute) {
        int index = indexOf(attribute);
        @SuppressWarnings("unchecked") // set under the same attribute
        T value = index < 0 ? null : (T) values.get(index);
        return value;
    }

    <T> void set(Attribute<T> attribute, @Nullable T value) {
        int index = indexOf(attribute);
        if (index < 0) {
            index = names.size();
            names.add(attribute);
            values.add(null);
        }
        journal.add(new Change(index, values.set(index, value)));
    }

    /// A moment to come back to.
    int mark() {
        return journal.size();
    }

    void rollback(int mark) {
        while (journal.size() > mark) {
            Change change = journal.removeLast();
            values.set(change.index, change.before);
        }
    }

    void clear() {
        if (!names.isEmpty()) {
            names.clear();
            values.clear();
            journal.clear();
        }
    }

    private int indexOf(Attribute<?> attribute) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i) == attribute) {
                return i;
            }
        }
        return -1;
    }
}
