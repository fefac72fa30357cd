package dev.gatehouse.app.demo;

import dev.gatehouse.app.demo.identity.DemoIssuer;
import dev.gatehouse.engine.config.AuthenticatorSetting;
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
import java.lang.reflect.RecordComponent;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        for (AuthenticatorSetting one : config.authenticators().values()) {
            String path = "security.authentication." + one.name();
            if (texts(one.config(), "issuer").contains(DemoIssuer.ISSUER)) {
                mistakes.add(mistake(place(loaded, path, "issuer"), path + " believes the demo's tokens"));
            }
            if (texts(one.config(), "clientId").stream().anyMatch(id -> id.startsWith(ApiKey.DEMO_PREFIX))) {
                mistakes.add(
                        mistake(place(loaded, path, "client_id"), path + " seals sessions with the demo's secret"));
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

    /// What a setting came to, whatever it was written as: the text from the environment, too. It is looked for by
    /// its name, since the records of authenticators are their plug-ins' own; none when there is no such setting.
    private static List<String> texts(Record config, String component) {
        for (RecordComponent one : config.getClass().getRecordComponents()) {
            if (one.getName().equals(component)) {
                return switch (value(config, one)) {
                    case String text -> List.of(text);
                    case Collection<?> several ->
                        several.stream().map(String::valueOf).toList();
                    case null, default -> List.of();
                };
            }
        }
        return List.of();
    }

    private static @Nullable Object value(Record config, RecordComponent component) {
        try {
            return component.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(config.getClass() + " does not tell its " + component.getName(), e);
        }
    }

    /// Where it was written, or what it belongs to: by a name with a dot in it places are not found.
    private static Span place(Loaded loaded, String path, String key) {
        if (loaded.node(path + "." + key) instanceof Node written) {
            return written.span();
        }
        Span nearest = loaded.place(path);
        return nearest == null ? loaded.document().span() : nearest;
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
