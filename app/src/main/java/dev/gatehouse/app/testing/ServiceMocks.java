package dev.gatehouse.app.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What answers for one service: patterns and their answers. The first pattern that fits answers.
public record ServiceMocks(Map<String, MockConfig> answers) {
    public ServiceMocks {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        answers.keySet().forEach(MockPattern::of);
    }

    /// @param answers `GET /menus/*` to its answer
    public static ServiceMocks of(Map<String, MockConfig> answers) {
        return new ServiceMocks(answers);
    }
}
