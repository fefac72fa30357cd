package dev.gatehouse.engine.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.api.Cidr;
import dev.gatehouse.api.expression.ExpressionException;
import dev.gatehouse.engine.expression.Condition.Compared.Sign;
import dev.gatehouse.engine.expression.ExpressionReader.Placed;
import dev.gatehouse.engine.expression.Operand.Literal;
import dev.gatehouse.engine.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Makes conditions of values side by side, when these can be compared.
final class Comparisons {
    private final String text;

    Comparisons(String text) {
        this.text = text;
    }

    Condition compared(Placed left, Sign sign, Token place, Placed right) {
        refuseTwoLiterals(left, right);
        refuseList(left, right);
        refuseList(right, left);
        if (left.operand().type() == Operand.Type.ADDRESS && right.operand() instanceof Literal) {
            refuseOrder(sign, place);
            return ranges(
                    left,
                    sign == Sign.DIFFERENT,
                    List.of(right),
                    right.operand().written());
        }
        if (right.operand().type() == Operand.Type.ADDRESS && left.operand() instanceof Literal) {
            return compared(right, sign, place, left);
        }
        if (sign.isOrder()) {
            checkNumber(left, sign);
            checkNumber(right, sign);
            boolean number = isNumber(left) || isNumber(right);
            if (!number) {
                throw mistake(place, "'" + sign.written + "' is for numbers, and both sides are texts");
            }
        } else {
            checkFlag(left, right);
            checkFlag(right, left);
        }
        return new Condition.Compared(left.operand(), sign, right.operand());
    }

    private static boolean isNumber(Placed side) {
        return side.operand().type() == Operand.Type.NUMBER || side.operand().type() == Operand.Type.ANY;
    }

    private void checkNumber(Placed side, Sign sign) {
        Operand.Type type = side.operand().type();
        boolean text = type == Operand.Type.TEXT && side.operand() instanceof Literal;
        if (text || type == Operand.Type.FLAG || type == Operand.Type.ADDRESS) {
            throw mistake(
                    side.token(),
                    "'" + sign.written + "' is for numbers, and "
                            + side.operand().written() + " is none" + (text ? "; a number has no quotes" : ""));
        }
    }

    private void refuseOrder(Sign sign, Token place) {
        if (sign.isOrder()) {
            throw mistake(place, "'" + sign.written + "' is for numbers; addresses are asked with 'in'");
        }
    }

    private void checkFlag(Placed flag, Placed other) {
        if (flag.operand().type() == Operand.Type.FLAG && other.operand().type() != Operand.Type.ANY) {
            throw mistake(
                    flag.token(),
                    "'" + other.operand().written() + "' is a text, never "
                            + flag.operand().written() + "; write '"
                            + flag.operand().written() + "' in quotes");
        }
    }

    private void refuseTwoLiterals(Placed left, Placed right) {
        if (left.operand() instanceof Literal && right.operand() instanceof Literal) {
            throw mistake(
                    left.token(), "this is the same for every request: one side has to be a fact, such as jwt.sub");
        }
    }

    private void refuseList(Placed list, Placed other) {
        if (list.operand().type() == Operand.Type.LIST) {
            throw mistake(
                    list.token(),
                    "'" + list.operand().written() + "' is a list: write "
                            + other.operand().written() + " in "
                            + list.operand().written());
        }
    }

    Condition exists(Placed value) {
        if (value.operand() instanceof Literal) {
            throw mistake(value.token(), "what is written here exists; 'exists' asks for a fact, such as header.x");
        }
        return new Condition.Exists(value.operand());
    }

    Condition matched(Placed value, Token pattern) {
        if (pattern.kind() != Kind.TEXT) {
            throw mistake(pattern, "'matches' wants a regular expression in quotes, not " + pattern.noun());
        }
        if (value.operand() instanceof Literal || value.operand().type() == Operand.Type.LIST) {
            throw mistake(value.token(), "'matches' looks at one text, such as header.x");
        }
        try {
            return new Condition.Matched(value.operand(), Pattern.compile(pattern.text()));
        } catch (PatternSyntaxException e) {
            int index = Math.clamp(e.getIndex(), 0, Math.max(0, pattern.text().length() - 1));
            throw new ExpressionException(
                    text, pattern.offset() + 1 + index, 1, "not a regular expression of RE2: " + e.getDescription());
        }
    }

    Condition among(Placed value, boolean isNot, List<Placed> literals, String written) {
        if (value.operand() instanceof Literal) {
            throw mistake(
                    value.token(), "this is the same for every request: a fact stands before 'in', such as jwt.sub");
        }
        refuseManyAmongMany(value);
        if (value.operand().type() == Operand.Type.ADDRESS) {
            return ranges(value, isNot, literals, written);
        }
        List<Object> all = new ArrayList<>();
        for (Placed literal : literals) {
            checkFlag(literal, value);
            all.add(((Literal) literal.operand()).value());
        }
        return new Condition.Among(value.operand(), isNot, List.copyOf(all), null, written);
    }

    Condition among(Placed value, boolean isNot, Placed list) {
        Operand.Type type = list.operand().type();
        if (list.operand() instanceof Literal || (type != Operand.Type.LIST && type != Operand.Type.ANY)) {
            throw mistake(
                    list.token(),
                    "'in' wants a list: " + list.operand().written() + " is one value; write [ "
                            + list.operand().written() + " ], or compare with '=='");
        }
        refuseManyAmongMany(value);
        return new Condition.Among(
                value.operand(),
                isNot,
                List.of(),
                list.operand(),
                list.operand().written());
    }

    private void refuseManyAmongMany(Placed value) {
        if (value.operand().type() == Operand.Type.LIST) {
            throw mistake(
                    value.token(),
                    "'" + value.operand().written() + "' is a list: one value stands before 'in', such as 'a' in "
                            + value.operand().written());
        }
    }

    private Condition ranges(Placed address, boolean isNot, List<Placed> literals, String written) {
        List<Cidr> ranges = new ArrayList<>();
        for (Placed literal : literals) {
            try {
                ranges.add(Cidr.of(((Literal) literal.operand()).value().toString()));
            } catch (IllegalArgumentException e) {
                throw mistake(literal.token(), String.valueOf(e.getMessage()));
            }
        }
        return new Condition.InRanges(address.operand(), isNot, List.copyOf(ranges), written);
    }

    private ExpressionException mistake(Token token, String sentence) {
        return new ExpressionException(text, token.offset(), token.length(), sentence);
    }
}
