package dev.gatehouse.app.help;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Example;
import java.util.Locale;
import java.util.Map;

/// The pages of the reference that list the codes, written from the catalogues.
public final class CodePages {
    private CodePages() {}

    /// File name to content.
    public static Map<String, String> all() {
        return Map.of("diagnostics.md", diagnostics(), "failures.md", failures());
    }

    private static String diagnostics() {
        StringBuilder page = new StringBuilder("""
                # Mistakes in a configuration

                What `gatehouse check` and a start can say, by code. `gatehouse help GH1001` shows the same. A code is never given
                to another mistake. Codes from GH2001 on are warnings; `# gatehouse:ignore CODE reason="…"` on the line or the one
                above silences one.

                | Code | Mistake |
                |---|---|
                """);
        for (Code code : Code.values()) {
            page.append("| [").append(code).append("](#").append(code.name().toLowerCase(Locale.ROOT));
            page.append(") | ").append(code.title()).append(" |\n");
        }
        for (Code code : Code.values()) {
            page.append("\n## ").append(code).append("\n\n");
            page.append("**")
                    .append(code.title())
                    .append(".** ")
                    .append(plain(code.explanation()))
                    .append("\n");
            Example.of(code).ifPresent(example -> addExample(page, example));
        }
        return page.toString();
    }

    private static void addExample(StringBuilder page, Example example) {
        page.append("\nFor example:\n\n").append(block(example.wrong()));
        page.append("\nMended:\n\n").append(block(example.right()));
        example.beside()
                .forEach((name, content) ->
                        page.append("\nwith `").append(name).append("`:\n\n").append(block(content)));
    }

    private static String failures() {
        StringBuilder page = new StringBuilder("""
                # Failures

                Why the gateway answers a request itself. The code stands in the body of the answer, in logs and as a label in
                metrics; `gatehouse help NO_ROUTE` shows the same. What the bodies look like: [errors](../guide/errors.md). A caller
                of gRPC is told the status of gRPC: [gRPC](../guide/grpc.md).

                | Code | Status | gRPC | Whose doing | In a few words | Send it again? |
                |---|---|---|---|---|---|
                """);
        for (FailureKind kind : FailureKind.values()) {
            page.append("| `").append(kind).append("` | ").append(kind.status()).append(" | ");
            page.append(kind.grpcStatus()).append(" | ");
            page.append(CodeText.side(kind.source()))
                    .append(" | ")
                    .append(kind.title())
                    .append(" | ");
            page.append(FailureHelp.of(kind).again().sentence()).append(" |\n");
        }
        for (FailureKind kind : FailureKind.values()) {
            FailureHelp help = FailureHelp.of(kind);
            page.append("\n## ")
                    .append(kind)
                    .append("\n\n")
                    .append(help.meaning())
                    .append("\n\n");
            page.append("The client: ").append(help.client()).append("\n");
        }
        return page.toString();
    }

    /// Text in which nothing means anything to Markdown.
    private static String plain(String text) {
        return text.replace("*", "\\*").replace("`", "\\`").replace("<", "&lt;");
    }

    private static String block(String yaml) {
        return "```yaml fragment\n" + yaml + "```\n";
    }
}
