package dev.gatehouse.app.demo;

/// Which requests the demo's traffic is made of, in which order: twenty, over and over, with another restaurant each
/// time. Mostly well, some
/// without leave (401, 403), some too many (429), some mistaken (404), some slow, and no order that stays behind for
/// ever.
final class TrafficMix {
    private static final int ROUND = 20;

    /// Who asks.
    enum By {
        NOBODY,
        CUSTOMER,
        SUPPORT,
        PRO_PARTNER,
        FREE_PARTNER,
        /// With a key nobody has.
        STRANGER
    }

    /// @param body empty for none
    record Ask(By by, String method, String path, String body) {
        private static Ask get(By by, String path) {
            return new Ask(by, "GET", path, "");
        }
    }

    private TrafficMix() {}

    /// @param number of the request, from 0
    static Ask ask(long number) {
        long round = number / ROUND;
        return switch ((int) (number % ROUND)) {
            case 3 -> Ask.get(By.CUSTOMER, "/users/u1");
            case 15 -> Ask.get(By.SUPPORT, "/users/u2");
            case 4, 16 -> Ask.get(By.CUSTOMER, "/orders");
            case 6 -> Ask.get(By.CUSTOMER, "/orders/o1001");
            case 7 ->
                new Ask(
                        By.CUSTOMER,
                        "POST",
                        "/orders",
                        "{\"restaurant\":\"r" + round % 90 + "\",\"items\":[\"Flan\"]}");
            // Somebody who says nothing about who it is, a key nobody has, a customer who may not.
            case 8 -> Ask.get(By.NOBODY, "/orders");
            case 10 -> Ask.get(By.STRANGER, "/menus/r42");
            case 12 -> new Ask(By.CUSTOMER, "DELETE", "/orders/o1001", "");
            // More than the small plan has, once it goes on for a while.
            case 2, 14 -> Ask.get(By.FREE_PARTNER, "/menus/r7");
            // A route that is not there, a user that is not there.
            case 11 -> Ask.get(By.NOBODY, "/menu/r42");
            case 13 -> Ask.get(By.SUPPORT, "/users/u4");
            // A kitchen that takes its time.
            case 18 -> Ask.get(By.PRO_PARTNER, "/menus/r99");
            case 19 -> Ask.get(By.NOBODY, "/menus/r19");
            default -> Ask.get(By.PRO_PARTNER, "/menus/r" + (number * 7 + round) % 90);
        };
    }
}
