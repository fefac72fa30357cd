package dev.gatehouse.engine.target;

import dev.gatehouse.api.template.TemplateException;
import java.util.Locale;

/// What the user may write into a URL, judged when the configuration is loaded: as strict as a client's target is
/// read.
final class UrlText {
    private UrlText() {}

    /// @param text a piece of the template, of a path or a query
    /// @param source the whole template, to say where
    static void check(String text, String source) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= 0x20 || c >= 0x7f || c == '#' || c == '\\') {
                throw new TemplateException(
                        Math.max(source.indexOf(c), 0),
                        c == '#'
                                ? "'#' begins a fragment, which is never sent; write %23"
                                : "a URL cannot hold '" + c + "'; write it percent-encoded");
            }
            if (c == '%' && !isEscape(text, i)) {
                throw new TemplateException(
                        Math.max(source.indexOf(c), 0),
                        "'%' is followed by two hexadecimal digits; write %25 for itself");
            }
        }
    }

    /// As the path of a request: no escapes of what separates segments or is none of text's business.
    static void checkPath(String text) {
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
            String escape = text.substring(i, i + 3).toUpperCase(Locale.ROOT);
            int octet = Integer.parseInt(escape.substring(1), 16);
            if (octet < 0x20 || octet == 0x7f || octet == '/' || octet == '\\' || octet == '.') {
                throw new TemplateException(0, "a path cannot hold " + escape);
            }
        }
    }

    private static boolean isEscape(String text, int i) {
        return i + 2 < text.length()
                && Character.digit(text.charAt(i + 1), 16) >= 0
                && Character.digit(text.charAt(i + 2), 16) >= 0;
    }
}
