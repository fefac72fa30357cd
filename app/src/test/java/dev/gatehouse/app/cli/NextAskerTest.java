package dev.gatehouse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.admin.view.Explanation;
import dev.gatehouse.app.admin.view.Trace;
import dev.gatehouse.engine.explain.Asker;
import dev.gatehouse.engine.explain.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NextAskerTest {
    private final List<Asker.Assumed> asked = new ArrayList<>();

    @Test
    void the_least_of_the_roles_that_are_needed_is_tried_first() throws Exception {
        assertThat(next("/orders/9", "needs role admin or support (you: customer)", who -> who.by() != null))
                .isEqualTo("gatehouse explain DELETE /orders/9 --as support:s1");
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_condition_on_the_path_is_met_by_somebody_of_the_path() throws Exception {
        assertThat(next(
                        "/users/u7?x=1",
                        "jwt.sub (u1) == path.userId (u7) is false",
                        who -> "u7".equals(who.subject())))
                .isEqualTo("gatehouse explain DELETE '/users/u7?x=1' --as u7");
    }

    @Test
    void a_consumer_that_is_named_is_tried() throws Exception {
        assertThat(next("/x", "needs consumer acme or b (you: none)", who -> "acme".equals(who.consumer())))
                .isEqualTo("gatehouse explain DELETE /x --as consumer:acme");
    }

    @Test
    void nobody_is_told_who_would_not_be_let_pass() throws Exception {
        assertThat(next("/a/b/c", "denies /a/**", _ -> false)).isNull();
        assertThat(asked).hasSizeBetween(1, 16);
    }

    @Test
    void whatever_is_not_about_who_asks_is_left_alone() throws Exception {
        assertThat(NextAsker.of(said("/x", trace("RATE_LIMIT_EXCEEDED", "")), question("/x"), _ -> {
                    throw new AssertionError("asked");
                }))
                .isNull();
    }

    private @Nullable String next(String target, String fact, Predicate<Asker.Assumed> passes) throws Exception {
        return NextAsker.of(said(target, trace("FORBIDDEN", fact)), question(target), question -> {
            Asker.Assumed who = (Asker.Assumed) Objects.requireNonNull(question.asker());
            asked.add(who);
            return trace(passes.test(who) ? null : "FORBIDDEN", fact);
        });
    }

    private static Question question(String target) {
        return Question.of("DELETE", target);
    }

    private static Explanation said(String target, Trace trace) {
        return new Explanation("DELETE", target, "gateway.yaml", trace);
    }

    private static Trace trace(@Nullable String code, String fact) {
        Trace.Step step = new Trace.Step(
                "authorization.policies[1]", "", false, Trace.Verdict.DENY, false, List.of(fact), "No.", null);
        return new Trace(List.of(), List.of(step), List.of(), List.of(), 403, code, "No.", "require", true);
    }
}
