package dev.gatehouse.engine.tls;

/// Key material that cannot be used: a key that does not belong to its certificate, a file that is no PEM.
public final class TlsRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String sentence;

    /// @param key the setting below `tls` that is refused: `certificates[0].key`
    /// @param sentence why, for the user
    public TlsRefused(String key, String sentence) {
        super(key + ": " + sentence);
        this.key = key;
        this.sentence = sentence;
    }

    public String key() {
        return key;
    }

    public String sentence() {
        return sentence;
    }

    /// The same, seen from a section further up.
    ///
    /// @param section such as `certificates[0]`
    public TlsRefused in(String section) {
        return new TlsRefused(section + "." + key, sentence);
    }
}
