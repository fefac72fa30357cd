package dev.gatehouse.engine.exchange;

/// Which of two media types a client would rather read (RFC 9110 §12.5.1). Only ranges that name one of them count: a
/// wildcard takes whatever comes.
final class Acceptance {
    private static final int THOUSANDTHS = 1000;

    private Acceptance() {}

    /// Whether `accept` puts `one` before `other`; `usual` when it does not decide.
    static boolean prefers(String accept, String one, String other, boolean usual) {
        int quality = quality(accept, one);
        int otherQuality = quality(accept, other);
        return quality == otherQuality ? usual : quality > otherQuality;
    }

    /// In thousandths; 0 for what is refused or not named.
    private static int quality(String accept, String type) {
        for (int start = 0; start < accept.length(); ) {
            int comma = accept.indexOf(',', start);
            String range = accept.substring(start, comma < 0 ? accept.length() : comma);
            int semicolon = range.indexOf(';');
            String name = semicolon < 0 ? range : range.substring(0, semicolon);
            if (name.strip().equalsIgnoreCase(type)) {
                return semicolon < 0 ? THOUSANDTHS : weight(range.substring(semicolon + 1));
            }
            start += range.length() + 1;
        }
        return 0;
    }

    private static int weight(String parameters) {
        for (String parameter : parameters.split(";", -1)) {
            String text = parameter.strip();
            if (text.startsWith("q=") || text.startsWith("Q=")) {
                return thousandths(text.substring(2).strip());
            }
        }
        return THOUSANDTHS;
    }

    private static int thousandths(String text) {
        if (!text.matches("[01](\\.[0-9]{0,3})?")) {
            return THOUSANDTHS;
        }
        return Math.min((int) Math.round(Double.parseDouble(text) * THOUSANDTHS), THOUSANDTHS);
    }
}
