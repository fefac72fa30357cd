package dev.gatehouse.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DemoAnswersTest {
    private final DemoAnswers menus = new MenuAnswers();
    private final DemoAnswers users = new UserAnswers();
    private final DemoAnswers orders = new OrderAnswers(new OrderBook());

    @Test
    void the_same_restaurant_cooks_the_same() {
        assertThat(menus.answer(DemoRequest.get("/menus/r42"))).isEqualTo(menus.answer(DemoRequest.get("/menus/r42")));
        assertThat(menus.answer(DemoRequest.get("/menus/r42")).body()).containsEntry("cuisine", "Thai");
        assertThat(menus.answer(DemoRequest.get("/menus/r99")).after()).isEqualTo(Duration.ofMillis(400));
        assertThat(menus.answer(DemoRequest.get("/menus/42")).status()).isEqualTo(404);
    }

    @Test
    void there_are_three_users() {
        assertThat(users.answer(DemoRequest.get("/users/u1")).body()).containsEntry("name", "Alice Martin");
        assertThat(users.answer(DemoRequest.get("/users/u4")).status()).isEqualTo(404);
        assertThat(users.answer(new DemoRequest("POST", "/users/u1", null, "")).headers())
                .containsEntry("Allow", "GET, HEAD");
    }

    @Test
    void an_order_is_taken_changed_and_cancelled() {
        DemoAnswer taken = ask("POST", "/orders", "{\"restaurant\":\"r42\",\"items\":[\"Pad Thai\"]}");
        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.headers()).containsEntry("Location", "/orders/o1003");

        assertThat(ask("PUT", "/orders/o1003", "{\"status\":\"delivered\"}").body())
                .containsEntry("status", "delivered")
                .containsEntry("items", List.of("Pad Thai"));
        assertThat(ask("DELETE", "/orders/o1003", "").status()).isEqualTo(204);
        assertThat(ask("GET", "/orders/o1003", "").status()).isEqualTo(404);
        assertThat(ask("PUT", "/orders/o1003", "{}").status()).isEqualTo(404);
        assertThat((List<?>) ask("GET", "/orders", "").body().get("orders")).hasSize(2);
    }

    @Test
    void what_is_no_order_is_refused_with_one_that_is() {
        for (String body :
                List.of("", "[]", "{}", "{\"restaurant\":\"r42\"}", "{\"items\":[{}],\"restaurant\":\"r1\"}")) {
            assertThat(ask("POST", "/orders", body).status()).as(body).isEqualTo(400);
        }
        assertThat(ask("TRACE", "/orders/o1001", "").status()).isEqualTo(405);
    }

    @Test
    void the_book_forgets_the_oldest_order_before_it_fills_the_memory() {
        OrderBook book = new OrderBook();
        for (int i = 0; i < 2 * OrderBook.MOST; i++) {
            book.add("r1", List.of("Flan"));
        }

        assertThat(book.all()).hasSize(OrderBook.MOST);
        assertThat(book.find("o1001")).isNull();
    }

    @Test
    void the_traffic_is_mostly_well_with_mistakes_and_slow_ones_among_it() {
        List<String> round = LongStream.range(0, 20)
                .mapToObj(TrafficMix::ask)
                .map(ask -> ask.method() + " " + ask.path())
                .toList();

        assertThat(round).filteredOn(ask -> ask.startsWith("GET /menus/r")).hasSizeGreaterThan(9);
        assertThat(round).contains("GET /menu/r42", "GET /users/u4", "GET /menus/r99", "POST /orders");
    }

    private DemoAnswer ask(String method, String path, String body) {
        return orders.answer(new DemoRequest(method, path, null, body));
    }
}
