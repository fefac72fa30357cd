package dev.gatehouse.app.testing;

import dev.gatehouse.engine.target.proxy.SentRequest;
import dev.gatehouse.engine.target.proxy.StandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Answers for all services of a test, and remembers what they were asked.
final class MockBook implements StandIn {
    private List<Map<String, ServiceMocks>> layers = List.of();
    private final List<SentRequest> calls = new ArrayList<>();
    private final List<SentRequest> unanswered = new ArrayList<>();

    /// From now on these answer; calls are counted anew.
    ///
    /// @param from those that are asked first come first
    void open(List<Map<String, ServiceMocks>> from) {
        layers = List.copyOf(from);
        calls.clear();
        unanswered.clear();
    }

    /// What services were sent since the last [#open].
    List<SentRequest> calls() {
        return List.copyOf(calls);
    }

    /// What of that no mock answers.
    List<SentRequest> unanswered() {
        return List.copyOf(unanswered);
    }

    @Override
    public Act answer(SentRequest sent) {
        calls.add(sent);
        for (Map<String, ServiceMocks> layer : layers) {
            ServiceMocks mocks = layer.get(sent.service());
            if (mocks == null) {
                continue;
            }
            for (Map.Entry<String, MockConfig> one : mocks.answers().entrySet()) {
                if (MockPattern.of(one.getKey()).fits(sent)) {
                    return one.getValue().act();
                }
            }
        }
        unanswered.add(sent);
        return new Fails(Fails.How.CONNECT, Duration.ZERO);
    }
}
