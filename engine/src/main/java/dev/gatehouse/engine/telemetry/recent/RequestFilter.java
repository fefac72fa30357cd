package dev.gatehouse.engine.telemetry.recent;

import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which requests somebody wants to see: `status>=500 && route:orders`.
///
/// ```text
/// filter     = all *( "||" all )
/// all        = one *( "&&" one )
/// one        = "!" one / "(" filter ")" / comparison
/// comparison = field operator value
/// field      = method path status route service code client id duration
/// operator   = "==" "=" "!=" "<" "<=" ">" ">="        ":" contains, in any case
/// value      = a word, or anything in quotes; 5xx for status; a time with its unit for duration
/// ```
///
/// Every comparison with something a request has not is false, `!=` too. Immutable, and safe for threads.
public final class RequestFilter implements Predicate<RecentRequest> {
    private final Predicate<RecentRequest> test;

    RequestFilter(Predicate<RecentRequest> test) {
        this.test = test;
    }

    /// Lets everything pass.
    public static RequestFilter all() {
        return new RequestFilter(_ -> true);
    }

    /// @throws FilterMistake with a sentence, and where
    public static RequestFilter parse(String text) throws FilterMistake {
        return new RequestFilter(new FilterReader(text).read());
    }

    @Override
    public boolean test(RecentRequest request) {
        return test.test(request);
    }

    /// How two values are compared.
    enum Comparison {
        EQUAL("=="),
        NOT_EQUAL("!="),
        AT_MOST("<="),
        AT_LEAST(">="),
        LESS("<"),
        MORE(">"),
        CONTAINS(":"),
        EQUAL_TOO("=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean isOrder() {
            return this == AT_MOST || this == AT_LEAST || this == LESS || this == MORE;
        }

        private boolean holds(int order) {
            return switch (this) {
                case EQUAL, EQUAL_TOO, CONTAINS -> order == 0;
                case NOT_EQUAL -> order != 0;
                case AT_MOST -> order <= 0;
                case AT_LEAST -> order >= 0;
                case LESS -> order < 0;
                case MORE -> order > 0;
            };
        }
    }

    static Predicate<RecentRequest> text(FilterField field, Comparison how, String wanted) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        return request -> {
            @Nullable Object found = field.of(request);
            return found instanceof String text
                    && (how == Comparison.CONTAINS
                            ? text.toLowerCase(Locale.ROOT).contains(lower)
                            : how.holds(text.equals(wanted) ? 0 : 1));
        };
    }

    static Predicate<RecentRequest> number(FilterField field, Comparison how, long wanted) {
        return request -> how.holds(Long.compare((Long) Objects.requireNonNull(field.of(request)), wanted));
    }

    /// A class of statuses, `5xx`.
    static Predicate<RecentRequest> statusClass(Comparison how, int hundreds) {
        return request -> how.holds(Integer.compare(request.status() / 100, hundreds));
    }
}
