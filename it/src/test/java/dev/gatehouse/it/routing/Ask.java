package dev.gatehouse.it.routing;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;

/// One request, one answer; and a service that tells what it was asked for.
final class Ask {
    private Ask() {}

    /// @param fields whole lines (`X-A: b`); a `Host` among them takes the place of `shop.example`
    static RawAnswer get(TestGateway gateway, String target, String... fields) {
        return send(gateway, "GET", target, fields);
    }

    static RawAnswer send(TestGateway gateway, String method, String target, String... fields) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        boolean hosted = false;
        for (String field : fields) {
            hosted |= field.startsWith("Host:");
            head.append(field).append("\r\n");
        }
        head.append(hosted ? "" : "Host: shop.example\r\n").append("Connection: close\r\n\r\n");
        return RawClient.ask(gateway.port(), head.toString());
    }

    /// Answers with its name, and method, target and host as they reached it: `menu GET /menus/7 shop.example`.
    static FakeService telling(String name) {
        return FakeService.handling(request ->
                Answer.of(200, name + " " + request.method() + " " + request.target() + " " + request.header("Host")));
    }
}
