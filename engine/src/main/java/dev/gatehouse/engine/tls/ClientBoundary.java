package dev.gatehouse.engine.tls;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.ClientCertificatesConfig;
import dev.gatehouse.engine.config.ClientCertificatesConfig.Mode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/// The hosts of a listener that ask the same certificates of their clients. What a client has shown to one of
/// them, all of them believe; hosts beyond it do not, and handshakes on its two sides share nothing, tickets
/// neither.
///
/// @param index its place among those of its listener, from 0
/// @param name for messages: the first host that was written, or `*` for whatever has no word of its own
/// @param place the setting it was written in first: `hosts[0].client_certificates`
/// @param asked what they ask; equal for no two boundaries of a listener
public record ClientBoundary(int index, String name, String place, ClientCertificatesConfig asked) {
    /// Whether anybody is asked for a certificate.
    public boolean asks() {
        return asked.mode() != Mode.NONE;
    }

    /// Whether services are told of the certificate.
    public boolean forwards() {
        return asked.forward() && asks();
    }

    /// Its own keys for tickets: who was let in without a certificate, or with one that has been revoked
    /// since, does not get around it with a ticket.
    List<byte[]> ticketKeys(List<byte[]> keys) {
        return asks() ? TicketKeys.within(fingerprint(), keys) : keys;
    }

    private byte[] fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((asked.mode() + " " + asked.maxDepth()).getBytes(StandardCharsets.US_ASCII));
            for (FileContent file : Arrays.asList(asked.ca(), asked.crl())) {
                digest.update((byte) 0);
                digest.update(
                        file == null
                                ? new byte[0]
                                : MessageDigest.getInstance("SHA-256").digest(file.octets()));
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
