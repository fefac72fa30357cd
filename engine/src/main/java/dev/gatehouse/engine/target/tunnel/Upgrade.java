package dev.gatehouse.engine.target.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A client's wish to speak another protocol on its connection (RFC 9110 §7.8), where the route grants it.
public final class Upgrade {
    private static final byte[] CONNECTION = "Connection".getBytes(US_ASCII);
    private static final byte[] UPGRADE = "Upgrade".getBytes(US_ASCII);

    private final String protocol;

    private Upgrade(String protocol) {
        this.protocol = protocol;
    }

    /// What it is, in lower case: `websocket`.
    public String protocol() {
        return protocol;
    }

    /// @param granted the protocols of the route, in lower case
    /// @return null when the client wishes none, or none that is granted
    public static @Nullable Upgrade of(TargetClient client, List<String> granted) {
        ParsedRequest request = client.requestSlices();
        int field = request.upgradeField();
        if (field < 0 || client.hasRequestBody()) {
            return null;
        }
        String protocol = request.value(field).toLowerCase(Locale.ROOT);
        return granted.contains(protocol) ? new Upgrade(protocol) : null;
    }

    /// Asks the service for it: the client's own fields for that do not pass.
    public void ask(ParsedRequest request, FieldEdits edits) {
        int field = request.upgradeField();
        edits.add(CONNECTION, UPGRADE);
        edits.add(UPGRADE, request.bytes(), request.valueStart(field), request.valueEnd(field));
    }

    /// Whether a 101 says yes to just this. A service that changes to another protocol than the route allows would
    /// take the client past every rule.
    public boolean isGrantedBy(ParsedResponse head) {
        return head.isUpgrade() && head.value(head.find(KnownField.UPGRADE)).equalsIgnoreCase(protocol);
    }
}
