package dev.gatehouse.app.testing;

import dev.gatehouse.engine.config.source.Span;
import java.util.List;

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
    public record Step(StepConfig written, Span at, List<Expectation> expected) {
        public Step {
            expected = List.copyOf(expected);
        }
    }
}
