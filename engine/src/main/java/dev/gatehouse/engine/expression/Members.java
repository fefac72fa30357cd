package dev.gatehouse.engine.expression;

import dev.gatehouse.api.expression.ExpressionException;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.expression.Condition.Has;
import dev.gatehouse.engine.expression.Token.Kind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `role:support`, `scope:orders.write`, `group:gold`, and `role:'with blanks'`.
final class Members {
    private static final List<String> PREFIXES = List.of("role", "scope", "group");

    private Members() {}

    /// @param follows the token behind, which is the name when that has quotes
    /// @return null when the word is none of these
    static @Nullable Has read(String text, Token word, Token follows) {
        int colon = word.text().indexOf(':');
        int dot = word.text().indexOf('.');
        if (colon < 0 || (dot >= 0 && dot < colon)) {
            return null;
        }
        String prefix = word.text().substring(0, colon);
        if (!PREFIXES.contains(prefix)) {
            List<String> nearest = Suggestions.nearest(prefix, PREFIXES);
            throw new ExpressionException(
                    text,
                    word.offset(),
                    colon,
                    "'" + prefix + ":' is not known (there are: role:, scope:, group:)"
                            + (nearest.isEmpty() ? "" : "; " + Suggestions.question(nearest)));
        }
        boolean quoted =
                colon == word.text().length() - 1 && follows.kind() == Kind.TEXT && follows.offset() == word.end();
        String name = quoted ? follows.text() : word.text().substring(colon + 1);
        if (name.isEmpty()) {
            throw new ExpressionException(
                    text, word.offset(), word.length(), "a name follows '" + prefix + ":', without a blank between");
        }
        return new Has(Has.Kind.valueOf(prefix.toUpperCase(Locale.ROOT)), name);
    }
}
