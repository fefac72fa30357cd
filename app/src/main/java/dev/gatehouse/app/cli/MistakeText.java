package dev.gatehouse.app.cli;

import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;

/// Mistakes in a configuration as people read them: in colour on a terminal, unless `NO_COLOR` is set; plain anywhere
/// else.
final class MistakeText {
    private static final String BOLD = "\u001B[1m";
    private static final String RED = "\u001B[1;31m";
    private static final String YELLOW = "\u001B[1;33m";
    private static final String BLUE = "\u001B[34m";
    private static final String PLAIN = "\u001B[0m";

    private static final Pattern HEAD = Pattern.compile("\\A(\\w+\\[\\w+])(.*)");
    private static final Pattern MARGIN = Pattern.compile("(?m)^( *\\d*[│┌])");
    private static final Pattern CARETS = Pattern.compile("(?m)(│\u001B\\[0m +)(\\^+.*)$");
    private static final Pattern HELP = Pattern.compile("(?m)^help:");

    private MistakeText() {}

    static String of(List<Diagnostic> all) {
        return of(all, Ansi.AUTO.enabled());
    }

    static String of(List<Diagnostic> all, boolean coloured) {
        return coloured ? TextReport.of(all, MistakeText::coloured) : TextReport.of(all);
    }

    private static String coloured(Diagnostic one) {
        String colour = one.isError() ? RED : YELLOW;
        String text = TextReport.of(one);
        text = HEAD.matcher(text).replaceFirst(colour + "$1" + PLAIN + BOLD + "$2" + PLAIN);
        text = MARGIN.matcher(text).replaceAll(BLUE + "$1" + PLAIN);
        text = CARETS.matcher(text).replaceFirst("$1" + colour + "$2" + PLAIN);
        return HELP.matcher(text).replaceAll(BOLD + "help:" + PLAIN);
    }
}
