package dev.gatehouse.app.help;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Example;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// One code, as `gatehouse help CODE` tells it.
public final class CodeText {
    private CodeText() {}

    /// The text for a code in any case, `-` or `_`; empty when there is no such code.
    public static Optional<String> of(String code) {
        return Code.of(code).map(CodeText::mistake).or(() -> kind(code).map(CodeText::failure));
    }

    /// All there are.
    public static List<String> codes() {
        return Stream.concat(Arrays.stream(Code.values()), Arrays.stream(FailureKind.values()))
                .map(Enum::name)
                .toList();
    }

    private static Optional<FailureKind> kind(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(FailureKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst();
    }

    private static String mistake(Code code) {
        StringBuilder text = new StringBuilder(code + "  " + code.title() + "\n\n" + code.explanation() + "\n");
        Example.of(code).ifPresent(example -> addExample(text, example));
        return text.toString();
    }

    private static void addExample(StringBuilder text, Example example) {
        text.append("\nFor example:\n\n").append(indented(example.wrong()));
        text.append("\nMended:\n\n").append(indented(example.right()));
        example.beside()
                .forEach((name, content) -> text.append("\nwith the file ")
                        .append(name)
                        .append(":\n\n")
                        .append(indented(content)));
    }

    private static String failure(FailureKind kind) {
        FailureHelp help = FailureHelp.of(kind);
        return kind + "  " + kind.status() + " " + kind.title() + "\n\n" + help.meaning() + "\n\n"
                + "by gRPC       " + kind.grpcStatus().code() + " " + kind.grpcStatus() + "\n"
                + "whose doing   " + side(kind.source()) + "\n"
                + "the client    " + help.client() + "\n"
                + "again         " + help.again().sentence() + "\n";
    }

    static String side(FailureKind.Source source) {
        return switch (source) {
            case CLIENT -> "the client's";
            case GATEWAY -> "the gateway's";
            case SERVICE -> "the service's";
        };
    }

    private static String indented(String text) {
        return text.lines().map(line -> "    " + line + "\n").reduce("", String::concat);
    }
}
