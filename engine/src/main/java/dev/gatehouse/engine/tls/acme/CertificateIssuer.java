package dev.gatehouse.engine.tls.acme;

/// Gets one certificate and renews it, for as long as a configuration asks for it. Opened, begun and closed by whoever
/// starts, reloads and stops the gateway; its work is done on a thread of its own.
public interface CertificateIssuer extends AutoCloseable {
    /// From here on it orders what is missing or due. The gateway answers challenges by now. Called once.
    void begin();

    /// How it stands. Any thread.
    IssuerStatus status();

    /// Gives up an order under way; waits no longer than a few seconds for that.
    @Override
    void close();
}
