package dev.gatehouse.engine.tls;

/// Key material that cannot be used: a key that does not belong to its certificate, a file that is no PEM.
public final class TlsRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /// @param key the setting below `tls` that is refused: `certificates[0].key`
    /// @param sentence why, for the user
    public TlsRefused(String key, String sentence) {
        super(key + ": " + sentence);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
