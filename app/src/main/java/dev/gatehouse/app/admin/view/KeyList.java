package dev.gatehouse.app.admin.view;

import java.util.List;

/// Keys: those of the file in its order, then those of the store, the oldest first.
public record KeyList(List<KeyStatus> keys) {
    public KeyList {
        keys = List.copyOf(keys);
    }
}
