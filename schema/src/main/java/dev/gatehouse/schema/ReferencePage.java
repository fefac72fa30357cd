package dev.gatehouse.schema;

import java.util.List;
import java.util.stream.Collectors;

/// A section as a Markdown page: its sentence and a table of its keys.
final class ReferencePage {

    private ReferencePage() {}

    static String of(Section section) {
        StringBuilder page = new StringBuilder()
                .append("# `")
                .append(section.name())
                .append("`\n\n")
                .append(prose(section.sentence()))
                .append(section.slot() ? "\n\n" + whereItStands(section) : "")
                .append("\n\n| key | meaning | type | default | bounds |\n|---|---|---|---|---|\n");
        for (Section.Key key : section.allKeys()) {
            page.append("| ")
                    .append(String.join(
                            " | ",
                            code(key.name()),
                            prose(key.meaning()),
                            type(key.type()),
                            byDefault(key),
                            bounds(key)))
                    .append(" |\n");
        }
        return page.toString();
    }

    private static String whereItStands(Section section) {
        String forms = section.forms().stream().map(ReferencePage::type).collect(Collectors.joining(", or "));
        return "A policy: `" + section.name() + "` of a route, a group or `defaults` is these keys"
                + (forms.isEmpty() ? "" : " (in short: " + forms + ")") + ", the name of settings under `policies."
                + section.name() + "`, or `none`.";
    }

    private static String type(ValueType type) {
        return switch (type) {
            case ValueType.Whole _ -> "whole number";
            case ValueType.Size _ -> "size";
            case ValueType.Time _ -> "time";
            case ValueType.Flag _ -> "`true` or `false`";
            case ValueType.Text _ -> "text";
            case ValueType.Choice choice ->
                choice.words().stream().map(ReferencePage::code).collect(Collectors.joining(", "));
            case ValueType.Nested(String section) -> "[" + code(section) + "](" + section + ".md)";
            case ValueType.Several(ValueType entry) -> "list of " + type(entry);
            case ValueType.Named(ValueType value) -> "names, each with " + type(value);
            case ValueType.Free _ -> "anything";
            case ValueType.Content _ -> "a file's path";
            case ValueType.Either(List<ValueType> forms) ->
                forms.stream().map(ReferencePage::type).collect(Collectors.joining(", or "));
        };
    }

    private static String byDefault(Section.Key key) {
        if (!key.byDefault().isEmpty()) {
            return code(key.byDefault());
        }
        if (key.required()) {
            return "**required**";
        }
        return key.type().isCounted() ? "empty" : "";
    }

    private static String bounds(Section.Key key) {
        String entries = key.type().isCounted() ? " entries" : "";
        if (key.min().isEmpty() && key.max().isEmpty()) {
            return "";
        }
        if (key.max().isEmpty()) {
            return "at least " + code(key.min()) + entries;
        }
        if (key.min().isEmpty()) {
            return "at most " + code(key.max()) + entries;
        }
        return code(key.min()) + " to " + code(key.max()) + entries;
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    /// Text that may hold Markdown, safe in a table cell and without HTML.
    private static String prose(String text) {
        return text.replace("\n", " ").replace("<", "&lt;").replace("|", "\\|");
    }
}
