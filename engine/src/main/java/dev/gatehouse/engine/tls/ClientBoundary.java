package dev.gatehouse.engine.tls;

import dev.gatehouse.engine.config.ClientCertificatesConfig;
import dev.gatehouse.engine.config.ClientCertificatesConfig.Mode;

/// The hosts of a listener that ask the same certificates of their clients. What a client has shown to one of them, all
/// of them believe; hosts beyond it do not.
///
/// @param name for messages: the first host that was written, or `*` for whatever has no word of its own
/// @param place the setting it was written in first: `hosts[0].client_certificates`
/// @param asked what they ask; equal for no two boundaries of a listener
public record ClientBoundary(String name, String place, ClientCertificatesConfig asked) {
    /// Whether anybody is asked for a certificate.
    public boolean asks() {
        return asked.mode() != Mode.NONE;
    }

    /// Whether services are told of the certificate.
    public boolean forwards() {
        return asked.forward() && asks();
    }
}
