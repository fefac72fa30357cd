package dev.gatehouse.app.demo;

/// Which requests the demo's traffic is made of, in which order: twenty, over and over, with another restaurant each
/// time. Mostly well, some mistaken (404), some slow, and no order that stays behind for ever.
final class TrafficMix {
    private static final int ROUND = 20;

    /// @param body empty for none
    record Ask(String method, String path, String body) {
        private static Ask get(String path) {
            return new Ask("GET", path, "");
        }
    }

    private TrafficMix() {}

    /// @param number of the request, from 0
    static Ask ask(long number) {
        long round = number / ROUND;
        return switch ((int) (number % ROUND)) {
            case 3, 9 -> Ask.get("/users/u1");
            case 15 -> Ask.get("/users/u2");
            case 4, 16 -> Ask.get("/orders");
            case 6 -> Ask.get("/orders/o1001");
            case 7 -> new Ask("POST", "/orders", "{\"restaurant\":\"r" + round % 90 + "\",\"items\":[\"Flan\"]}");
            // A route that is not there, a user that is not there.
            case 11 -> Ask.get("/menu/r42");
            case 13 -> Ask.get("/users/u4");
            // A kitchen that takes its time.
            case 18 -> Ask.get("/menus/r99");
            default -> Ask.get("/menus/r" + (number * 7 + round) % 90);
        };
    }
}
