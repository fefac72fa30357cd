package dev.gatehouse.engine.tls;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.ClientCertificatesConfig;
import dev.gatehouse.engine.config.ClientCertificatesConfig.Mode;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.config.TlsHostConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Clients of whom the same certificates are asked, or none. A listener has one audience, and one more for each of
/// its hosts that ask for something else. Handshakes of two audiences share nothing, tickets neither.
///
/// @param index its place among those of its listener, from 0
/// @param certificates what they show; null when nobody is asked
public record Audience(int index, @Nullable ClientCertificatesConfig certificates) {
    /// Its own keys for tickets: who was let in without a certificate, or with one that has been revoked since, does
    /// not get around it with a ticket.
    List<byte[]> ticketKeys(List<byte[]> keys) {
        ClientCertificatesConfig asked = certificates;
        if (asked == null || asked.mode() == Mode.NONE) {
            return keys;
        }
        return TicketKeys.within(fingerprint(asked), keys);
    }

    private static byte[] fingerprint(ClientCertificatesConfig asked) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((asked.mode() + " " + asked.maxDepth()).getBytes(StandardCharsets.US_ASCII));
            for (FileContent file : Arrays.asList(asked.ca(), asked.crl())) {
                digest.update((byte) 0);
                digest.update(file == null ? new byte[0] : file.octets());
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Which audience a client belongs to, by the host it names.
    static final class ByHost {
        private final List<Audience> all = new ArrayList<>();
        private final Map<String, Audience> hosts = new HashMap<>();

        ByHost(ListenerTlsConfig config) {
            all.add(new Audience(0, config.clientCertificates()));
            for (TlsHostConfig host : config.hosts()) {
                Audience audience = new Audience(all.size(), host.clientCertificates());
                all.add(audience);
                host.names().forEach(name -> hosts.put(name.toLowerCase(Locale.ROOT), audience));
            }
        }

        List<Audience> all() {
            return all;
        }

        /// An exact name goes before a wildcard, and both before the listener's own word.
        Audience of(@Nullable String serverName) {
            Audience general = all.getFirst();
            if (serverName == null || hosts.isEmpty()) {
                return general;
            }
            Audience exact = hosts.get(serverName);
            int dot = serverName.indexOf('.');
            if (exact != null || dot < 0) {
                return exact == null ? general : exact;
            }
            return hosts.getOrDefault("*" + serverName.substring(dot), general);
        }
    }
}
