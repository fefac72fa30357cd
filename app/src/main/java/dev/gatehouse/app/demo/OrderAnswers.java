package dev.gatehouse.app.demo;

import dev.gatehouse.app.demo.OrderBook.Order;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `/orders` and `/orders/{id}`: list, take, look at, change and cancel orders.
final class OrderAnswers implements DemoAnswers {
    private static final JsonMapper JSON = new JsonMapper();

    private final OrderBook book;

    OrderAnswers(OrderBook book) {
        this.book = book;
    }

    /// What somebody asks an order to be. What is left out is null.
    private record Wish(
            @Nullable String restaurant,
            @Nullable List<String> items,
            @Nullable String status) {
        Order over(Order order) {
            return new Order(
                    order.id(),
                    restaurant == null ? order.restaurant() : restaurant,
                    items == null ? order.items() : items,
                    status == null ? order.status() : status);
        }
    }

    @Override
    public DemoAnswer answer(DemoRequest request) {
        if (request.path().equals("/orders")) {
            return all(request);
        }
        String id = request.segmentAfter("/orders/");
        return id == null ? DemoAnswer.refusal(404, "order-service knows /orders and /orders/{id}") : one(request, id);
    }

    private DemoAnswer all(DemoRequest request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put(
                        "orders", book.all().stream().map(OrderAnswers::fields).toList());
                yield DemoAnswer.ok(fields);
            }
            case "POST" -> take(request.body());
            default -> DemoAnswer.notAllowed("GET, HEAD, POST");
        };
    }

    private DemoAnswer take(String body) {
        Wish wish = wish(body);
        if (wish == null || wish.restaurant == null || wish.items == null) {
            return notUnderstood();
        }
        Order order = book.add(wish.restaurant, wish.items);
        return DemoAnswer.of(201, fields(order)).with("Location", "/orders/" + order.id());
    }

    private DemoAnswer one(DemoRequest request, String id) {
        return switch (request.method()) {
            case "GET", "HEAD" -> found(id, book.find(id));
            case "PUT", "PATCH" -> {
                Wish wish = wish(request.body());
                yield wish == null ? notUnderstood() : found(id, book.change(id, wish::over));
            }
            case "DELETE" -> book.remove(id) ? DemoAnswer.empty(204) : unknown(id);
            default -> DemoAnswer.notAllowed("GET, HEAD, PUT, PATCH, DELETE");
        };
    }

    private static DemoAnswer found(String id, @Nullable Order order) {
        return order == null ? unknown(id) : DemoAnswer.ok(fields(order));
    }

    private static DemoAnswer unknown(String id) {
        return DemoAnswer.refusal(404, "no order " + id);
    }

    private static DemoAnswer notUnderstood() {
        return DemoAnswer.refusal(400, "an order is {\"restaurant\": \"r42\", \"items\": [\"Pad Thai\"]}");
    }

    /// @return null when the text is none. Whatever type it claims to be: `curl -d` says it is a form.
    private static @Nullable Wish wish(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (!json.isObject()) {
                return null;
            }
            List<String> items = null;
            JsonNode written = json.get("items");
            if (written != null) {
                items = new ArrayList<>();
                for (JsonNode item : written) {
                    items.add(item.asString());
                }
            }
            return new Wish(text(json.get("restaurant")), items, text(json.get("status")));
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null ? null : node.asString();
    }

    private static Map<String, Object> fields(Order order) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("order", order.id());
        fields.put("restaurant", order.restaurant());
        fields.put("items", order.items());
        fields.put("status", order.status());
        return fields;
    }
}
