package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.Explanation;
import dev.gatehouse.app.admin.view.Trace;
import dev.gatehouse.engine.explain.Asker;
import dev.gatehouse.engine.explain.Question;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who could ask what was refused for the sake of who asked. Somebody is thought of, by what the refusal noted and
/// what the path says, and asked about: only whoever would be let pass is told.
final class NextAsker {
    /// Most refusals are understood at the second guess; the gateway that is asked may be far away.
    private static final int MOST = 16;

    private static final Set<String> ABOUT_WHO =
            Set.of("UNAUTHENTICATED", "FORBIDDEN", "INVALID_TOKEN", "TOKEN_EXPIRED", "API_KEY_INVALID");
    private static final Pattern ROLES = Pattern.compile(".*needs role ([^()]+?)( \\(you: .*)?");
    private static final Pattern ROLE = Pattern.compile(".*\\brole:([A-Za-z0-9_-]+).*");
    private static final Pattern CONSUMERS = Pattern.compile(".*needs consumer ([^()]+?)( \\(you: .*)?");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.@:-]+");

    private final Asking asking;
    private final ArrayDeque<String> guesses = new ArrayDeque<>();
    private final Set<String> made = new HashSet<>();

    /// Asks once more.
    @FunctionalInterface
    interface Asking {
        Trace ask(Question question) throws IOException, InterruptedException;
    }

    private NextAsker(Asking asking) {
        this.asking = asking;
    }

    /// A command line; null when nobody comes to mind.
    static @Nullable String of(Explanation said, Question question, Asking asking)
            throws IOException, InterruptedException {
        return isAboutWho(said.trace()) ? new NextAsker(asking).find(said, question) : null;
    }

    private static boolean isAboutWho(Trace trace) {
        return trace.code() != null && ABOUT_WHO.contains(trace.code());
    }

    private @Nullable String find(Explanation said, Question question) throws IOException, InterruptedException {
        think(said.trace());
        guess("u1");
        for (String segment : said.target().split("[/?#]", -1)) {
            guess(segment);
        }
        for (int i = 0; i < MOST; i++) {
            String who = guesses.poll();
            if (who == null) {
                return null;
            }
            Trace trace = asking.ask(question.askedBy(Asker.Assumed.parse(who)));
            if (!isAboutWho(trace)) {
                return NextTry.command(said.method(), said.target(), " --as " + who);
            }
            think(trace);
        }
        return null;
    }

    /// Takes hints from what a refusal noted.
    private void think(Trace trace) {
        for (Trace.Step step : trace.steps()) {
            if (step.verdict() == Trace.Verdict.DENY) {
                step.facts().forEach(this::think);
            }
        }
    }

    private void think(String fact) {
        words(CONSUMERS, fact).forEach(name -> first("consumer:" + name));
        // The last first: whoever writes such a list begins with the mightiest.
        words(ROLES, fact).forEach(role -> first(role + ":" + role.charAt(0) + "1"));
        words(ROLE, fact).forEach(role -> first(role + ":" + role.charAt(0) + "1"));
    }

    private static List<String> words(Pattern pattern, String fact) {
        Matcher found = pattern.matcher(fact);
        return found.matches() ? Arrays.asList(found.group(1).split(" or ")) : List.of();
    }

    private void first(String who) {
        if (isNew(who)) {
            guesses.addFirst(who);
        }
    }

    private void guess(String who) {
        if (isNew(who)) {
            guesses.addLast(who);
        }
    }

    private boolean isNew(String who) {
        return PLAIN.matcher(who).matches() && made.add(who);
    }
}
