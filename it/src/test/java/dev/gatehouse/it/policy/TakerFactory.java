package dev.gatehouse.it.policy;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.api.template.Reference;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import java.util.List;

/// Makes a policy that takes credentials out of what the service is sent, and a later one that looks at what was
/// asked: it notes what it sees, and says so in the answer's `X-Asked` when the answer comes back.
public final class TakerFactory implements PolicyFactory<TakerFactory.TakerConfig> {
    /// For a route with the slot `take`.
    public static final LoadOptions OPTIONS =
            LoadOptions.standard().withExtensions(new Extensions(List.of(new TakerFactory()), List.of()));

    /// What the later one sees of a request that has all three: header and cookie, the query, then the facts.
    public static final String ALL = "k1 | sid=s1; theme=dark | a=1&key=q1 | k1 s1 dark q1";

    private static final HeaderName KEY = HeaderName.of("X-Key");
    private static final HeaderName COOKIE = HeaderName.of("Cookie");
    private static final HeaderName ASKED = HeaderName.of("X-Asked");
    private static final List<Reference> FACTS = List.of(
            Reference.fact("header", "x-key"),
            Reference.fact("cookie", "sid"),
            Reference.fact("cookie", "theme"),
            Reference.fact("query", "key"));

    @Settings(name = "take", value = "Takes credentials out.")
    public record TakerConfig(
            @Setting("Of the header; the cookie is sid, the parameter key.")
            String header) {}

    @Override
    public String name() {
        return "take";
    }

    @Override
    public Class<TakerConfig> configType() {
        return TakerConfig.class;
    }

    @Override
    public List<Staged> create(TakerConfig config, PolicyContext context) {
        return List.of(
                new Staged(Stage.AUTHENTICATE, new Taker(HeaderName.of(config.header()))),
                new Staged(Stage.LIMIT, new Looker()));
    }

    private record Taker(HeaderName header) implements Policy {
        @Override
        public Decision onRequest(Exchange exchange) {
            exchange.removeRequestHeader(header);
            exchange.removeRequestCookie("sid");
            exchange.removeRequestParameter("key");
            return Decision.CONTINUE;
        }
    }

    private record Looker() implements Policy {
        @Override
        public Decision onRequest(Exchange exchange) {
            exchange.note(seen(exchange));
            return Decision.CONTINUE;
        }

        @Override
        public Decision onResponse(Exchange exchange, Response response) {
            response.set(ASKED, seen(exchange));
            return Decision.CONTINUE;
        }

        private static String seen(Exchange exchange) {
            RequestHead asked = exchange.request();
            StringBuilder facts = new StringBuilder();
            FACTS.forEach(fact -> facts.append(' ').append(exchange.facts().value(fact)));
            return asked.header(KEY) + " | " + asked.header(COOKIE) + " | " + asked.query() + " |" + facts;
        }
    }
}
