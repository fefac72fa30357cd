package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Body;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.template.Facts;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.store.NamedState;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.http1.FieldEdits;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An exchange as its policies see it: knows which of them is being asked, and lets it do what is due to it.
/// Belongs to one [ExchangeDriver] and is used again with it.
final class PolicyExchange implements Exchange {
    private static final HeaderName COOKIE = HeaderName.of("Cookie");

    private final Loop loop;
    private final Outside outside;
    private final ExchangeRecord record;
    private final RequestView view;
    private final Facts facts;
    private final FieldEdits edits;
    private final StreamedBody body;
    private final Attributes attributes;

    private @Nullable PlacedPolicy asked;
    private @Nullable Recording recording;
    private @Nullable String skipped;
    private @Nullable String ruleName;
    private String rulePlace = "";

    /// By state, what `explain` has written to it, for the policies that come later.
    private @Nullable IdentityHashMap<SharedState<?>, SharedState<?>> peeked;

    PolicyExchange(Loop loop, Outside outside, ExchangeRecord record, IncomingRequest request) {
        this.loop = loop;
        this.outside = outside;
        this.record = record;
        this.view = request.view();
        this.facts = request.facts();
        this.edits = request.edits();
        this.body = request.body().body();
        this.attributes = request.attributes();
    }

    // ── from the walk
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    /// From now on this policy is the one who asks.
    void asked(PlacedPolicy policy) {
        asked = policy;
        ruleName = null;
        body.quiet(policy.shadow());
    }

    /// Writes down what happens, from now on.
    void record(Recording into) {
        recording = into;
    }

    @Nullable
    Recording recording() {
        return recording;
    }

    void record(PolicyStep step) {
        if (recording != null) {
            recording.step(step);
        }
    }

    List<String> takeFacts() {
        return recording == null ? List.of() : recording.takeFacts();
    }

    /// The policy that is asked cannot be asked here.
    void skip(String why) {
        skipped = why;
    }

    @Nullable
    String takeSkip() {
        String why = skipped;
        skipped = null;
        return why;
    }

    /// The policy that was asked, under the name of its rule that decided, when it told one.
    PlacedPolicy decider(PlacedPolicy policy) {
        return ruleName == null
                ? policy
                : new PlacedPolicy(policy.policy(), ruleName, rulePlace, policy.shadow(), policy.stage());
    }

    boolean isRehearsed() {
        return outside.isRehearsal();
    }

    Attributes attributes() {
        return attributes;
    }

    /// Forgets the exchange.
    void clear() {
        attributes.clear();
        ruleName = null;
        asked = null;
        recording = null;
        skipped = null;
        peeked = null;
    }

    // ── from policies
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public RequestHead request() {
        return view;
    }

    @Override
    public Body requestBody() {
        return body;
    }

    @Override
    public String requestId() {
        return record.requestId().toString();
    }

    @Override
    public String route() {
        String route = record.route();
        return route == null ? "" : route;
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public Mode mode() {
        Mode mode = outside.mode();
        return mode == Mode.LIVE && asked != null && asked.shadow() ? Mode.SHADOW : mode;
    }

    @Override
    public List<Text> requestHeaders(HeaderName name) {
        return view.sent(name, edits);
    }

    @Override
    public void setRequestHeader(HeaderName name, String value) {
        FieldValues.checked(value);
        removeRequestHeader(name);
        addRequestHeader(name, value);
    }

    @Override
    public void addRequestHeader(HeaderName name, String value) {
        edits.add(FieldValues.editable(name).wire(), FieldValues.checked(value).getBytes(ISO_8859_1));
    }

    @Override
    public void removeRequestHeader(HeaderName name) {
        edits.remove(FieldValues.editable(name).lowerCase(), name.hashCode());
    }

    @Override
    public void removeRequestCookie(String name) {
        List<String> sent = requestHeaders(COOKIE).stream().map(Text::toString).toList();
        String left = Cookies.without(name, sent);
        if (left != null) {
            removeRequestHeader(COOKIE);
            if (!left.isEmpty()) {
                addRequestHeader(COOKIE, left);
            }
        }
    }

    @Override
    public void removeRequestParameter(String name) {
        if (mode() != Mode.SHADOW) { // whose edits are taken back in any case
            view.removeParameter(name);
        }
    }

    @Override
    public void rule(String name, String place) {
        ruleName = name;
        rulePlace = place;
    }

    @Override
    public <T> @Nullable T get(Attribute<T> attribute) {
        return attributes.get(attribute);
    }

    @Override
    public <T> void set(Attribute<T> attribute, @Nullable T value) {
        attributes.set(attribute, value);
    }

    @Override
    public void note(String fact) {
        if (recording != null) {
            recording.note(fact);
        }
    }

    @Override
    public boolean isRecorded() {
        return recording != null;
    }

    @Override
    public <S extends SharedState<S>> S state(StateRef<S> ref) {
        NamedState<S> state = (NamedState<S>) ref;
        return switch (mode()) {
            case LIVE -> state.live();
            case SHADOW -> state.shadow();
            // Who is tried out counts for itself, here too.
            case EXPLAIN -> peeked(asked != null && asked.shadow() ? state.shadow() : state.live());
        };
    }

    private <S extends SharedState<S>> S peeked(S state) {
        IdentityHashMap<SharedState<?>, SharedState<?>> views = peeked;
        if (views == null) {
            views = new IdentityHashMap<>();
            peeked = views;
        }
        @SuppressWarnings("unchecked") // put under the state it is a view of
        S view = (S) views.computeIfAbsent(state, _ -> state.peek());
        return view;
    }

    @Override
    public void count(Counter counter) {
        if (outside.mode() != Mode.EXPLAIN) {
            counter.add(1);
        }
    }

    @Override
    public CompletableFuture<Void> after(Duration delay) {
        return outside.after(loop, delay);
    }

    @Override
    public <T> CompletableFuture<T> onLoop(CompletionStage<? extends T> stage) {
        CompletableFuture<T> onLoop = new CompletableFuture<>();
        CompletableFuture<? extends T> future = stage.toCompletableFuture();
        boolean here = future.isDone() || isRehearsed();
        future.whenComplete((value, failure) -> {
            if (here) {
                complete(onLoop, value, failure);
            } else {
                loop.execute(() -> complete(onLoop, value, failure));
            }
        });
        return onLoop;
    }

    private static <T> void complete(CompletableFuture<T> future, T value, @Nullable Throwable failure) {
        if (failure == null) {
            future.complete(value);
        } else {
            future.completeExceptionally(failure);
        }
    }

    @Override
    public <T> CompletableFuture<T> beside(Executor executor, Supplier<T> work) {
        return onLoop(CompletableFuture.supplyAsync(work, outside.mayHoldUp() ? Runnable::run : executor));
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> call(HttpRequest request, int limit) {
        return outside.call(loop, request, limit);
    }
}
