package dev.gatehouse.app.demo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `GET /menus/{restaurantId}`: what a restaurant cooks follows from its number. That of `r99` thinks about it first.
final class MenuAnswers implements DemoAnswers {
    private static final Pattern RESTAURANT = Pattern.compile("r[0-9]{1,9}");
    private static final String SLOW = "r99";
    private static final Duration THINKS = Duration.ofMillis(400);

    private record Dish(String name, double price) {}

    private record Kitchen(String name, String cuisine, List<Dish> dishes) {}

    private static final List<Kitchen> KITCHENS = List.of(
            new Kitchen(
                    "Baan Suan",
                    "Thai",
                    List.of(new Dish("Tom Yam", 9.5), new Dish("Pad Thai", 11.0), new Dish("Mango Sticky Rice", 6.5))),
            new Kitchen(
                    "Da Ornella",
                    "Italian",
                    List.of(new Dish("Minestrone", 7.0), new Dish("Lasagne", 12.5), new Dish("Tiramisu", 6.0))),
            new Kitchen(
                    "La Milpa",
                    "Mexican",
                    List.of(new Dish("Pozole", 8.5), new Dish("Tacos al Pastor", 10.0), new Dish("Flan", 5.5))));

    @Override
    public DemoAnswer answer(DemoRequest request) {
        String id = request.segmentAfter("/menus/");
        if (id == null) {
            return DemoAnswer.refusal(404, "menu-service knows /menus/{restaurantId}");
        }
        if (!request.isOneOf("GET", "HEAD")) {
            return DemoAnswer.notAllowed("GET, HEAD");
        }
        if (!RESTAURANT.matcher(id).matches()) {
            return DemoAnswer.refusal(404, "no restaurant " + id + "; they are called r1, r2, r3 …");
        }
        int number = Integer.parseInt(id.substring(1));
        DemoAnswer menu = DemoAnswer.ok(fields(id, KITCHENS.get(number % KITCHENS.size())));
        return id.equals(SLOW) ? menu.later(THINKS) : menu;
    }

    private static Map<String, Object> fields(String id, Kitchen kitchen) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("restaurant", id);
        fields.put("name", kitchen.name);
        fields.put("cuisine", kitchen.cuisine);
        fields.put("items", kitchen.dishes.stream().map(MenuAnswers::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Dish dish) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", dish.name);
        fields.put("price", dish.price);
        return fields;
    }
}
