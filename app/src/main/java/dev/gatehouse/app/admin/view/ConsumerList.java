package dev.gatehouse.app.admin.view;

import java.util.List;

/// Consumers: those of the file in its order, then those of the store by name.
public record ConsumerList(List<ConsumerStatus> consumers) {
    public ConsumerList {
        consumers = List.copyOf(consumers);
    }
}
