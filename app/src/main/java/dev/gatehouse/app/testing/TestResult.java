package dev.gatehouse.app.testing;

import java.util.List;

/// What came of one test.
///
/// @param millis how long it took
/// @param misses what was not as promised; empty when it passed
/// @param notChecked keys of what could not be looked at
public record TestResult(RequestTest test, long millis, List<Miss> misses, List<String> notChecked) {
    public TestResult {
        misses = List.copyOf(misses);
        notChecked = List.copyOf(notChecked);
    }

    public boolean passed() {
        return misses.isEmpty();
    }
}
