package dev.gatehouse.engine.telemetry.metrics;

import dev.gatehouse.api.Text;
import java.util.List;

/// Methods as a label: the nine of RFC 9110 and RFC 5789. What a client makes up is not, or it could fill the memory.
final class MethodLabel {
    private static final List<String> METHODS =
            List.of("other", "GET", "PUT", "HEAD", "POST", "PATCH", "TRACE", "DELETE", "CONNECT", "OPTIONS");

    private MethodLabel() {}

    /// Its number, 0 to 9. Methods are case-sensitive (RFC 9110 §9.1).
    static int number(Text method) {
        return switch (method.length()) {
            case 3 -> is(method, 1) ? 1 : is(method, 2) ? 2 : 0;
            case 4 -> is(method, 3) ? 3 : is(method, 4) ? 4 : 0;
            case 5 -> is(method, 5) ? 5 : is(method, 6) ? 6 : 0;
            case 6 -> is(method, 7) ? 7 : 0;
            case 7 -> is(method, 8) ? 8 : is(method, 9) ? 9 : 0;
            default -> 0;
        };
    }

    static String of(int number) {
        return METHODS.get(number);
    }

    private static boolean is(Text method, int number) {
        String name = METHODS.get(number);
        for (int i = 0; i < name.length(); i++) {
            if (method.charAt(i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
