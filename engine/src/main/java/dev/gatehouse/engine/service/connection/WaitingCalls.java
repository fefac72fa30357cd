package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.service.ConnectionBudget;
import dev.gatehouse.engine.service.Instance;
import java.util.ArrayDeque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The queue of one [ServicePool]: calls for which no connection may be opened now, first come, first served. Each
/// takes one of the places that the [ConnectionBudget] has for the whole gateway.
final class WaitingCalls {
    private final ConnectionBudget budget;
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

    WaitingCalls(ConnectionBudget budget) {
        this.budget = budget;
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    /// @return false when all places are taken
    boolean join(Waiter waiter) {
        if (!budget.tryWait()) {
            return false;
        }
        waiters.addLast(waiter);
        return true;
    }

    /// @return whether it stood here
    boolean leave(Waiter waiter) {
        boolean stood = waiters.remove(waiter);
        if (stood) {
            budget.waited();
        }
        return stood;
    }

    /// Takes out the first.
    ///
    /// @throws java.util.NoSuchElementException when nobody waits
    Waiter first() {
        Waiter first = waiters.removeFirst();
        budget.waited();
        return first;
    }

    /// Takes out the first that waits for this instance and can use what there is.
    @Nullable
    Waiter firstFor(Instance instance, Predicate<Waiter> canUse) {
        for (Waiter waiter : waiters) {
            if (waiter.instance() == instance && canUse.test(waiter)) {
                leave(waiter);
                return waiter;
            }
        }
        return null;
    }
}
