package dev.gatehouse.engine.expression;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.identity.Identity;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An exchange of which conditions ask the facts and who calls.
final class AskedExchange {
    private final Map<String, String> facts = new HashMap<>();
    private @Nullable Identity identity;
    private String address = "192.0.2.1";

    /// @param name as in templates: `query.lang`, `userId`
    AskedExchange with(String name, String value) {
        facts.put(name, value);
        return this;
    }

    AskedExchange by(Identity who) {
        identity = who;
        return this;
    }

    AskedExchange from(String ip) {
        address = ip;
        facts.put("client.ip", ip);
        return this;
    }

    Exchange exchange() {
        RequestHead head = fake(RequestHead.class, (name, _) -> switch (name) {
            case "clientAddress" -> InetAddress.ofLiteral(address);
            default -> throw new UnsupportedOperationException(name);
        });
        return fake(Exchange.class, (name, arguments) -> switch (name) {
            case "get" -> arguments[0] == Identity.OF_EXCHANGE ? identity : null;
            case "facts" -> (dev.gatehouse.api.template.Facts) reference -> facts.get(reference.toString());
            case "request" -> head;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private interface Answers {
        @Nullable
        Object to(String name, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> answers.to(method.getName(), arguments == null ? new Object[0] : arguments)));
    }
}
