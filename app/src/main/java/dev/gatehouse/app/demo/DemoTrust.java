package dev.gatehouse.app.demo;

import dev.gatehouse.app.demo.identity.DemoIssuer;
import dev.gatehouse.engine.config.ConsumerConfig;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.KeyConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.Span;
import dev.gatehouse.engine.consumer.ApiKey;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Sees to it that what everybody can make is believed on this machine only: tokens and keys of the demo in a
/// configuration whose listeners others can reach are a mistake.
public final class DemoTrust {
    private DemoTrust() {}

    /// @param loaded without errors
    public static List<Diagnostic> check(Loaded loaded) {
        GatewayConfig config = loaded.config();
        if (config == null || config.listeners().values().stream().allMatch(DemoTrust::isHereOnly)) {
            return List.of();
        }
        List<Diagnostic> mistakes = new ArrayList<>();
        for (String name : config.authenticators().keySet()) {
            String path = "security.authentication." + name;
            if (loaded.node(path + ".issuer") instanceof Node.Scalar written
                    && written.text().equals(DemoIssuer.ISSUER)) {
                mistakes.add(mistake(written.span(), path + " believes the demo's tokens"));
            }
            if (loaded.node(path + ".client_id") instanceof Node.Scalar written
                    && written.text().startsWith(ApiKey.DEMO_PREFIX)) {
                mistakes.add(mistake(written.span(), path + " seals sessions with the demo's secret"));
            }
        }
        for (Map.Entry<String, ConsumerConfig> consumer : config.consumers().entrySet()) {
            for (KeyConfig key : consumer.getValue().keys()) {
                Span place = loaded.place("consumers." + consumer.getKey() + ".keys");
                if (DemoKey.withHash(key.sha256()) != null && place != null) {
                    mistakes.add(mistake(place, "consumer '" + consumer.getKey() + "' has a key of the demo"));
                }
            }
        }
        return mistakes;
    }

    private static boolean isHereOnly(ListenerConfig listener) {
        return new InetSocketAddress(listener.bind(), 0).getAddress().isLoopbackAddress();
    }

    private static Diagnostic mistake(Span at, String what) {
        return Diagnostic.error(Code.GH1604, at, what + ", and others than this machine can reach a listener")
                .help("give every listener   bind: 127.0.0.1   or use an issuer and keys of your own")
                .build();
    }
}
