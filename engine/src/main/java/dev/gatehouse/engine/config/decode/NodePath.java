package dev.gatehouse.engine.config.decode;

import org.jspecify.annotations.Nullable;

/// Where in the settings something stands: `routes[2].timeout.request`. Made on the way down, written out only when a
/// message needs it.
public final class NodePath {
    public static final NodePath ROOT = new NodePath(null, "", -1, "");

    private final @Nullable NodePath above;
    private final String key;
    private final int index;
    private final String phrase;

    private NodePath(@Nullable NodePath above, String key, int index, String phrase) {
        this.above = above;
        this.key = key;
        this.index = index;
        this.phrase = phrase;
    }

    public NodePath key(String name) {
        return new NodePath(this, name, -1, "");
    }

    public NodePath index(int number) {
        return new NodePath(this, "", number, "");
    }

    /// The same place, which people call so: `service 'order-service'`.
    public NodePath called(String words) {
        return new NodePath(above, key, index, words);
    }

    /// For a sentence: `service 'order-service'`, `health_check of service 'order-service'`; empty at the top.
    public String phrase() {
        if (!phrase.isEmpty() || above == null) {
            return phrase;
        }
        String outer = above.phrase();
        if (index >= 0) {
            return outer;
        }
        return outer.isEmpty() ? key : key + " of " + outer;
    }

    /// The key this stands behind; for an entry of a list that of the list.
    public String name() {
        return index >= 0 && above != null ? above.name() : key;
    }

    /// The key itself; empty for an entry of a list.
    public String last() {
        return key;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        if (above == null) {
            return;
        }
        above.write(out);
        if (index >= 0) {
            out.append('[').append(index).append(']');
        } else {
            out.append(out.isEmpty() ? "" : ".").append(key);
        }
    }
}
