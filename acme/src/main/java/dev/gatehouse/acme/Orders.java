package dev.gatehouse.acme;

import java.security.KeyPair;

/// Orders one certificate.
interface Orders {
    /// Orders it, and waits for it: minutes, at worst. What goes wrong at the issuer or on the way to it is a
    /// result.
    ///
    /// @param account whose order it is; the issuer may not know it yet
    OrderResult place(KeyPair account) throws InterruptedException;
}
