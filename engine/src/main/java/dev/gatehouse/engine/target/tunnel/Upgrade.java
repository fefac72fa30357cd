package dev.gatehouse.engine.target.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.config.WebSocketConfig;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.telemetry.TunnelSummary;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A client's wish to speak another protocol on its connection (RFC 9110 §7.8), where the route grants it. Made for one
/// exchange, on its loop.
public final class Upgrade {
    private static final byte[] CONNECTION = "Connection".getBytes(US_ASCII);
    private static final byte[] UPGRADE = "Upgrade".getBytes(US_ASCII);

    /// What is said of a service that changed the protocol though nobody wished it.
    public static final String UNASKED = "It changed the protocol without being asked.";

    private final String protocol;
    private final TunnelRules rules;

    /// Null for other protocols than WebSocket, and for WebSockets that pass as they are.
    private final @Nullable WebSocketHandshake handshake;

    private Upgrade(String protocol, TunnelRules rules, @Nullable WebSocketHandshake handshake) {
        this.protocol = protocol;
        this.rules = rules;
        this.handshake = handshake;
    }

    /// @return null when the client wishes none, or none that is granted
    public static @Nullable Upgrade of(TargetClient client, TunnelRules rules) {
        ParsedRequest request = client.requestSlices();
        int field = request.upgradeField();
        if (field < 0 || client.hasRequestBody()) {
            return null;
        }
        String protocol = request.value(field).toLowerCase(Locale.ROOT);
        if (!rules.protocols().contains(protocol)) {
            return null;
        }
        WebSocketConfig websocket = rules.websocket();
        if (websocket == null || !protocol.equals(TunnelSummary.WEBSOCKET)) {
            return new Upgrade(protocol, rules, null);
        }
        return new Upgrade(protocol, rules, new WebSocketHandshake(websocket.subprotocols()));
    }

    /// Why it cannot be asked of any service; null when it can.
    public @Nullable Failure refusal(ParsedRequest request) {
        return handshake == null ? null : handshake.refusal(request);
    }

    /// Asks the service for it: the client's own fields for that do not pass.
    public void ask(ParsedRequest request, FieldEdits edits) {
        int field = request.upgradeField();
        edits.add(CONNECTION, UPGRADE);
        edits.add(UPGRADE, request.bytes(), request.valueStart(field), request.valueEnd(field));
        if (handshake != null) {
            handshake.ask(request, edits);
        }
    }

    /// What is wrong with a 101 that answers it, as a sentence; null when it says yes to just this. A service that
    /// changes to another protocol than the route allows would take the client past every rule.
    public @Nullable String mistake(ParsedResponse head) {
        if (!head.isUpgrade() || !head.value(head.find(KnownField.UPGRADE)).equalsIgnoreCase(protocol)) {
            return UNASKED;
        }
        return handshake == null ? null : handshake.mistake(head);
    }

    /// What it is, in lower case: `websocket`.
    public String protocol() {
        return protocol;
    }

    TunnelRules rules() {
        return rules;
    }
}
