package dev.gatehouse.app.testing;

import dev.gatehouse.engine.config.decode.Vocabulary;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known about words in test files beyond their records.
final class TestVocabulary implements Vocabulary {
    @Override
    public Set<String> later(String section) {
        return Set.of();
    }

    @Override
    public Map<String, String> synonyms(String section) {
        return switch (section) {
            case "test_file" -> Map.of("cases", "tests", "stubs", "mocks", "gateway", "config");
            case "test_file.test", "test_file.step" ->
                Map.of(
                        "expected",
                        "expect",
                        "response",
                        "expect",
                        "assert",
                        "expect",
                        "times",
                        "repeat",
                        "wait",
                        "advance",
                        "after",
                        "advance",
                        "clock",
                        "at");
            case "test_file.as" ->
                Map.of("claims", "jwt", "api_key", "key", "bearer", "token", "sub", "user", "subject", "user");
            case "test_file.mock" -> Map.of("latency", "delay", "error", "fail");
            default -> Map.of();
        };
    }

    @Override
    public @Nullable String home(String key) {
        return null;
    }

    @Override
    public String noun(String section) {
        return section.equals("test_file") ? "a test file" : "a " + section.substring(section.indexOf('.') + 1);
    }
}
