package dev.gatehouse.app.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The orders, in memory, for as long as the process lives. One book for all instances: the backup knows what the
/// primary was told. Past [#MOST] orders the oldest is forgotten.
final class OrderBook {
    static final int MOST = 1000;

    record Order(String id, String restaurant, List<String> items, String status) {
        Order {
            items = List.copyOf(items);
        }
    }

    private final LinkedHashMap<String, Order> orders = new LinkedHashMap<>();
    private int lastNumber = 1000;

    /// A book with two orders in it.
    OrderBook() {
        add("r42", List.of("Pad Thai", "Mango Sticky Rice"));
        add("r7", List.of("Lasagne"));
    }

    /// The oldest first.
    synchronized List<Order> all() {
        return List.copyOf(orders.values());
    }

    synchronized @Nullable Order find(String id) {
        return orders.get(id);
    }

    synchronized Order add(String restaurant, List<String> items) {
        lastNumber++;
        Order order = new Order("o" + lastNumber, restaurant, items, "accepted");
        orders.put(order.id, order);
        if (orders.size() > MOST) {
            Map.Entry<String, Order> oldest = orders.firstEntry();
            orders.remove(oldest.getKey());
        }
        return order;
    }

    /// @return the order as it is now; null when there is none
    synchronized @Nullable Order change(String id, UnaryOperator<Order> change) {
        return orders.computeIfPresent(id, (same, order) -> change.apply(order));
    }

    /// @return whether there was one
    synchronized boolean remove(String id) {
        return orders.remove(id) != null;
    }
}
