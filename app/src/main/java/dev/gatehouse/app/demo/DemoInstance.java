package dev.gatehouse.app.demo;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// One instance of a service: it signs its answers, says how it is at `/health`, and can be told to be in
/// [trouble][Trouble] at `PUT /_demo/trouble`, a path no route of the demo leads to.
final class DemoInstance implements DemoAnswers {
    static final String TROUBLE = "/_demo/trouble";

    private final String name;
    private final DemoAnswers answers;
    private final InstantSource clock;
    private final RandomGenerator random;
    private volatile Spell spell = new Spell(Trouble.NONE, Instant.EPOCH);

    private record Spell(Trouble trouble, Instant since) {}

    /// @param name as it signs: `menu-2`
    DemoInstance(String name, DemoAnswers answers, InstantSource clock, RandomGenerator random) {
        this.name = name;
        this.answers = answers;
        this.clock = clock;
        this.random = random;
    }

    String name() {
        return name;
    }

    @Override
    public DemoAnswer answer(DemoRequest request) {
        if (request.path().equals(TROUBLE)) {
            return trouble(request).signed(name);
        }
        Spell now = spell;
        if (now.trouble.isOver(now.since, clock.instant())) {
            return well(request).signed(name);
        }
        DemoAnswer answer =
                now.trouble.fails(random) ? DemoAnswer.refusal(503, "in trouble, on purpose") : well(request);
        return answer.later(now.trouble.slow()).signed(name);
    }

    private DemoAnswer well(DemoRequest request) {
        return request.path().equals("/health")
                ? DemoAnswer.ok(new LinkedHashMap<>(Map.of("status", "up")))
                : answers.answer(request);
    }

    /// PUT, which a page in a browser cannot send to another origin unasked.
    private DemoAnswer trouble(DemoRequest request) {
        if (!request.method().equals("PUT")) {
            return DemoAnswer.notAllowed("PUT");
        }
        try {
            Trouble trouble = Trouble.of(request.query() == null ? "" : request.query());
            spell = new Spell(trouble, clock.instant());
            return DemoAnswer.ok(new LinkedHashMap<>());
        } catch (IllegalArgumentException | ArithmeticException e) {
            return DemoAnswer.refusal(400, String.valueOf(e.getMessage()));
        }
    }
}
