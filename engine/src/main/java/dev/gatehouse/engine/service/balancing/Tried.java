package dev.gatehouse.engine.service.balancing;

import dev.gatehouse.engine.service.Instance;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The instances a request was sent to in vain: none of them gets it again. Owned by one exchange, used again by the
/// next.
public final class Tried {
    private @Nullable Instance[] instances = new @Nullable Instance[4];
    private int count;

    public void clear() {
        if (count > 0) {
            Arrays.fill(instances, 0, count, null);
            count = 0;
        }
    }

    public void add(Instance instance) {
        if (count == instances.length) {
            instances = Arrays.copyOf(instances, count * 2);
        }
        instances[count++] = instance;
    }

    public boolean contains(Instance instance) {
        for (int i = 0; i < count; i++) {
            if (instances[i] == instance) {
                return true;
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return count == 0;
    }
}
