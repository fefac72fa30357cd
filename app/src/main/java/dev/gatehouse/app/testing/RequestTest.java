package dev.gatehouse.app.testing;

import dev.gatehouse.engine.config.source.Span;
import dev.gatehouse.engine.explain.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A test, with the places of what it says.
///
/// @param at its name
/// @param steps what is asked, one after the other
public record RequestTest(TestConfig written, Span at, List<Step> steps) {
    public RequestTest {
        steps = List.copyOf(steps);
    }

    public String name() {
        return written.name();
    }

    /// One request, and what is expected of it.
    ///
    /// @param at the request
    /// @param asker who asks; null for nobody but what the request shows
    public record Step(
            StepConfig written,
            Span at,
            List<Expectation> expected,
            @Nullable AskerConfig asker) {
        public Step {
            expected = List.copyOf(expected);
        }

        /// What the data path is asked.
        Question question() {
            return written.asked().question().askedBy(asker == null ? null : asker.asker());
        }
    }
}
