package dev.gatehouse.engine.expression;

import com.google.re2j.Pattern;
import dev.gatehouse.api.Cidr;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A part of an expression that holds or does not. Immutable.
sealed interface Condition {
    boolean holds(Exchange exchange);

    /// Why it says so: what decided, each with its outcome.
    String why(Exchange exchange);

    /// Whether it asks who calls.
    default boolean asksWho() {
        return switch (this) {
            case All all -> all.parts.stream().anyMatch(Condition::asksWho);
            case Any any -> any.parts.stream().anyMatch(Condition::asksWho);
            case Not not -> not.part.asksWho();
            case Has _ -> true;
            case Compared two -> two.left.asksWho() || two.right.asksWho();
            case Among among -> among.value.asksWho() || (among.list != null && among.list.asksWho());
            case InRanges _ -> false;
            case Matched matched -> matched.value.asksWho();
            case Exists exists -> exists.value.asksWho();
        };
    }

    private static String outcome(String what, boolean holds) {
        return what + (holds ? " is true" : " is false");
    }

    record All(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Exchange exchange) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).holds(exchange)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String why(Exchange exchange) {
            for (Condition part : parts) {
                if (!part.holds(exchange)) {
                    return part.why(exchange);
                }
            }
            return joined(parts, exchange);
        }
    }

    record Any(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Exchange exchange) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).holds(exchange)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String why(Exchange exchange) {
            for (Condition part : parts) {
                if (part.holds(exchange)) {
                    return part.why(exchange);
                }
            }
            return joined(parts, exchange);
        }
    }

    private static String joined(List<Condition> parts, Exchange exchange) {
        return parts.stream().map(part -> part.why(exchange)).collect(Collectors.joining(", "));
    }

    record Not(Condition part) implements Condition {
        @Override
        public boolean holds(Exchange exchange) {
            return !part.holds(exchange);
        }

        @Override
        public String why(Exchange exchange) {
            return part.why(exchange);
        }
    }

    /// `role:support`, `scope:orders.write`, `group:gold`.
    record Has(Kind kind, String name) implements Condition {
        enum Kind {
            ROLE,
            SCOPE,
            GROUP
        }

        @Override
        public boolean holds(Exchange exchange) {
            Identity identity = exchange.get(Identity.OF_EXCHANGE);
            return identity != null && names(identity).contains(name);
        }

        private Set<String> names(Identity identity) {
            return switch (kind) {
                case ROLE -> identity.roles();
                case SCOPE -> identity.scopes();
                case GROUP -> {
                    Consumer consumer = identity.consumer();
                    yield consumer == null ? Set.of() : consumer.groups();
                }
            };
        }

        @Override
        public String why(Exchange exchange) {
            Identity identity = exchange.get(Identity.OF_EXCHANGE);
            String who = identity == null ? "nobody is known" : "you: " + String.join(", ", names(identity));
            return outcome(this + (holds(exchange) ? "" : " (" + who + ")"), holds(exchange));
        }

        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
        }
    }

    /// Two values, side by side.
    record Compared(Operand left, Sign sign, Operand right) implements Condition {
        enum Sign {
            EQUAL("=="),
            DIFFERENT("!="),
            LESS("<"),
            AT_MOST("<="),
            MORE(">"),
            AT_LEAST(">=");

            final String written;

            Sign(String written) {
                this.written = written;
            }

            boolean isOrder() {
                return this != EQUAL && this != DIFFERENT;
            }
        }

        @Override
        public boolean holds(Exchange exchange) {
            Object a = left.value(exchange);
            Object b = a == null ? null : right.value(exchange);
            if (b == null) {
                return false;
            }
            int found = sign.isOrder() ? Values.order(a, b) : Values.equal(a, b);
            return found != Values.NONE
                    && switch (sign) {
                        case EQUAL -> found == 0;
                        case DIFFERENT -> found != 0;
                        case LESS -> found < 0;
                        case AT_MOST -> found <= 0;
                        case MORE -> found > 0;
                        case AT_LEAST -> found >= 0;
                    };
        }

        @Override
        public String why(Exchange exchange) {
            return outcome(left.shown(exchange) + " " + sign.written + " " + right.shown(exchange), holds(exchange));
        }
    }

    /// One value among several.
    ///
    /// @param written the list, as it was written
    /// @param isNot for `not in`, which a missing value does not meet either
    record Among(
            Operand value,
            boolean isNot,
            List<Object> literals,
            @Nullable Operand list,
            String written) implements Condition {
        @Override
        public boolean holds(Exchange exchange) {
            Object wanted = value.value(exchange);
            Object values = list == null ? literals : list.value(exchange);
            if (wanted == null || values == null || wanted instanceof Collection || wanted instanceof Map) {
                return false;
            }
            int found = values instanceof Collection<?> many ? find(wanted, many) : Values.equal(wanted, values);
            return found == (isNot ? 1 : 0);
        }

        /// 0 when it is there, 1 when it is not.
        private static int find(Object wanted, Collection<?> among) {
            if (wanted instanceof String text && among instanceof Set<?> set) {
                return set.contains(text) ? 0 : 1;
            }
            for (Object one : among) {
                if (Values.equal(wanted, one) == 0) {
                    return 0;
                }
            }
            return 1;
        }

        @Override
        public String why(Exchange exchange) {
            String in = list == null ? written : list.shown(exchange);
            return outcome(value.shown(exchange) + (isNot ? " not in " : " in ") + in, holds(exchange));
        }
    }

    /// The client's address among ranges.
    record InRanges(Operand address, boolean isNot, List<Cidr> ranges, String written) implements Condition {
        @Override
        public boolean holds(Exchange exchange) {
            return Cidr.anyContains(ranges, exchange.request().clientAddress()) != isNot;
        }

        @Override
        public String why(Exchange exchange) {
            return outcome(address.shown(exchange) + (isNot ? " not in " : " in ") + written, holds(exchange));
        }
    }

    /// A text that an expression of RE2 matches as a whole.
    record Matched(Operand value, Pattern pattern) implements Condition {
        @Override
        public boolean holds(Exchange exchange) {
            return value.value(exchange) instanceof CharSequence text
                    && pattern.matcher(text).matches();
        }

        @Override
        public String why(Exchange exchange) {
            return outcome(value.shown(exchange) + " matches '" + pattern + "'", holds(exchange));
        }
    }

    record Exists(Operand value) implements Condition {
        @Override
        public boolean holds(Exchange exchange) {
            return value.value(exchange) != null;
        }

        @Override
        public String why(Exchange exchange) {
            return outcome(value.written() + " exists", holds(exchange));
        }
    }
}
