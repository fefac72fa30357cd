package dev.gatehouse.app.testing;

import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.explain.DressRehearsal;
import dev.gatehouse.engine.explain.Question;
import dev.gatehouse.engine.explain.Reply;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.target.proxy.SentRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs tests against a configuration, each on a gateway of its own that opens no socket and remembers nothing of the
/// one before. Used by one thread.
public final class TestRun {
    private final LoadOptions options;
    private final Coverage coverage = new Coverage();

    /// @param options the configuration was loaded with
    public TestRun(LoadOptions options) {
        this.options = options;
    }

    /// What the tests so far have seen.
    public Coverage coverage() {
        return coverage;
    }

    /// @param file without errors
    /// @param config without errors, its routes' included
    public TestResult run(TestFile file, RequestTest test, Loaded config) {
        long begun = System.nanoTime();
        List<Miss> misses = misses(file, test, config);
        return new TestResult(test, (System.nanoTime() - begun) / 1_000_000, misses, List.of());
    }

    private List<Miss> misses(TestFile file, RequestTest test, Loaded config) {
        Loaded loaded = config;
        if (!test.written().env().isEmpty()) {
            loaded = with(test.written().env(), config);
            ConfigCheck check = ConfigCheck.dryRun(loaded);
            if (check.hasErrors()) {
                return List.of(brokenByEnvironment(test, check));
            }
        }
        TestFileConfig written = file.written();
        if (written == null) {
            throw new IllegalArgumentException("a test file with errors cannot run");
        }
        MockBook mocks = new MockBook();
        List<Miss> misses = new ArrayList<>();
        try (DressRehearsal rehearsal = new DressRehearsal(Plan.of(loaded), mocks, written.begin())) {
            coverage.expect(rehearsal.snapshot());
            for (RequestTest.Step step : test.steps()) {
                mocks.open(List.of(step.written().mocks(), test.written().mocks(), written.mocks()));
                misses.addAll(misses(step, rehearsal, mocks));
            }
        }
        return misses;
    }

    private Loaded with(Map<String, String> more, Loaded config) {
        Map<String, String> environment = new HashMap<>(options.environment());
        environment.putAll(more);
        return ConfigLoader.load(config.sources().getFirst(), options.withEnvironment(environment));
    }

    private static Miss brokenByEnvironment(RequestTest test, ConfigCheck check) {
        Diagnostic first = check.diagnostics().stream()
                .filter(Diagnostic::isError)
                .findFirst()
                .orElseThrow();
        return new Miss(
                test.at(),
                "the configuration runs with this env",
                "it has mistakes then",
                List.of(first.span() + ": " + first.message()));
    }

    private List<Miss> misses(RequestTest.Step step, DressRehearsal rehearsal, MockBook mocks) {
        Reply reply = null;
        try {
            rehearsal.advance(StepTime.before(step.written(), rehearsal.now()));
            Question question = step.question();
            for (int i = 0; i < step.written().repeat(); i++) {
                reply = rehearsal.ask(question);
                coverage.see(reply.trace());
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            return List.of(new Miss(step.at(), "an answer", String.valueOf(e.getMessage()), List.of()));
        }
        if (reply == null) {
            return List.of();
        }
        Seen seen = Seen.of(reply, mocks.calls());
        List<Miss> misses = new ArrayList<>();
        for (SentRequest call : mocks.unanswered()) {
            misses.add(noMock(step, call));
        }
        return misses.isEmpty() ? missed(step, seen) : misses;
    }

    /// Nothing else is worth saying then: the test did not take place as it was meant.
    private static Miss noMock(RequestTest.Step step, SentRequest call) {
        return new Miss(
                step.at(),
                "a mock of " + call.service(),
                "no mock answers " + call.method() + " " + call.target(),
                List.of("mocks: { " + call.service() + ": { \"" + call.method() + " " + call.path()
                        + "\": { status: 200 } } }"));
    }

    /// What of a step was not as it is expected.
    static List<Miss> missed(RequestTest.Step step, Seen seen) {
        List<Miss> misses = new ArrayList<>();
        for (Expectation one : step.expected()) {
            if (one.check(seen) instanceof Expectation.Outcome.Missed(String got)) {
                String from = one.key().equals("status") ? Because.from(seen) : "";
                // Once is enough: what decided one thing decided all of them.
                List<String> why =
                        misses.isEmpty() || one.key().equals("denied_by") ? Because.of(one, seen) : List.of();
                misses.add(new Miss(one.at(), one.key() + ": " + one.at().text(), got + from, why));
            }
        }
        return misses;
    }
}
