package dev.gatehouse.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.expression.Expression;
import dev.gatehouse.api.expression.ExpressionException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Expressions nobody wrote: each is read or refused with a place in it, and what was read can be asked.
class ExpressionFuzzTest {
    private static final int INPUTS = 200_000;
    private static final long SEED = Long.getLong("gatehouse.fuzz.seed", 20_250_101);

    private static final List<String> PIECES = List.of(
            "jwt.sub",
            "path.userId",
            "header.x",
            "client.ip",
            "user.roles",
            "consumer.plan",
            "role:a",
            "scope:'b c'",
            "and",
            "or",
            "not",
            "in",
            "matches",
            "exists",
            "true",
            "==",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "(",
            ")",
            "[",
            "]",
            ",",
            "'10.0.0.0/8'",
            "'a'",
            "\"b\"",
            "5",
            "-1.5",
            "'a*'",
            "'('",
            " ",
            "\t",
            "é",
            "\0",
            "$",
            "..",
            ":",
            "a.b");

    @Test
    void nothing_but_a_refusal_is_ever_thrown() {
        Exchange exchange =
                new AskedExchange().with("userId", "u1").with("header.x", "5").exchange();
        int read = 0;
        for (int i = 0; i < INPUTS; i++) {
            String text = text(new Random(SEED + i));
            try {
                Expression expression = ExpressionReader.read(text, PathValues.ofRoute(Set.of("userId")));
                boolean holds = expression.test(exchange);
                assertThat(expression.why(exchange)).isNotEmpty();
                assertThat(expression.test(exchange)).isEqualTo(holds);
                read++;
            } catch (ExpressionException e) {
                assertThat(e.offset()).as(text).isBetween(0, text.length());
                assertThat(e.length()).as(text).isPositive();
                assertThat(e.getMessage()).as(text).isNotBlank();
            }
        }
        assertThat(read).as("some make sense").isGreaterThan(INPUTS / 200);
    }

    private static String text(Random chance) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + chance.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(chance.nextInt(PIECES.size())));
            if (chance.nextInt(8) > 0) {
                text.append(' ');
            }
        }
        if (chance.nextInt(4) == 0) {
            text.setCharAt(chance.nextInt(text.length()), (char) chance.nextInt(256));
        }
        return text.toString();
    }
}
