package dev.gatehouse.api;

import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.template.Facts;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request and its answer, from the first octet to the summary. Lives on one event loop; nothing here may be
/// touched from another thread or kept after [dev.gatehouse.api.policy.Policy#onEnd].
///
/// Edits and attributes are laid over the exchange: those a policy in shadow mode made are taken back.
public interface Exchange {
    // ── what is asked

    /// What the client asked for, untouched by the edits below: a credential that one policy takes out of what the
    /// service is sent is still there for a rule, a limit or a token that another one looks at. Not there is what
    /// the gateway does not believe, such as fields only it may set.
    RequestHead request();

    /// What follows the request's head. Read only when somebody asks for it.
    Body requestBody();

    /// The id under which this exchange is found again in logs: a trusted client's, or one made here.
    String requestId();

    /// What people call the route: its name, or methods and path.
    String route();

    /// What templates may ask about this exchange; of the request, what [#request] shows.
    Facts facts();

    /// For whom the policy that is being asked decides.
    Mode mode();

    // ── what the service is sent

    /// All values of this field in what the service would be sent by now, in order: the client's that nobody took
    /// out, then what was added. Void after the next edit.
    List<Text> requestHeaders(HeaderName name);

    /// Replaces every field of this name in what is sent to the service.
    ///
    /// @throws IllegalArgumentException when `value` holds a control character
    void setRequestHeader(HeaderName name, String value);

    /// Adds a field to what is sent to the service.
    ///
    /// @throws IllegalArgumentException when `value` holds a control character
    void addRequestHeader(HeaderName name, String value);

    /// Takes every field of this name from what is sent to the service.
    void removeRequestHeader(HeaderName name);

    /// Takes every cookie of this name from what is sent to the service.
    void removeRequestCookie(String name);

    /// Takes every parameter of this name from the query the service is sent, and from the query in logs.
    ///
    /// @param name decoded
    void removeRequestParameter(String name);

    // ── what policies leave for each other

    /// What was set, or null.
    <T> @Nullable T get(Attribute<T> attribute);

    /// @param value null takes it away
    <T> void set(Attribute<T> attribute, @Nullable T value);

    // ── the decision trace

    /// Tells the decision trace a fact about what is being decided (`sub=u1 roles=[customer]`), never a secret.
    /// Costs nothing when nobody records; who has to put the text together asks [#isRecorded] first.
    void note(String fact);

    /// Names the rule that decides, where a policy holds several: the trace, `denied_by` of tests and the `why` of
    /// an error show it in place of the policy. Holds for the decision that is being made.
    ///
    /// @param name such as `authorization.policies[1]` or `auth.partner`: a constant, no text put together for this
    /// @param place where it was written, as [dev.gatehouse.api.policy.PolicyContext#place] says; empty when in no
    ///     file
    void rule(String name, String place);

    /// Whether anybody will read notes.
    boolean isRecorded();

    // ── what outlives the exchange

    /// The state behind `ref`, as the policy that is being asked may use it: the real one; in [Mode#SHADOW] one of
    /// its own; in [Mode#EXPLAIN] a view that shows what is there and keeps what it is told to itself.
    <S extends SharedState<S>> S state(StateRef<S> ref);

    /// Adds one; not in [Mode#EXPLAIN].
    void count(Counter counter);

    // ── waiting

    /// Completes on this exchange's loop after so long, at most 10 ms late; at once in [Mode#EXPLAIN]. For
    /// [Decision.Await].
    CompletableFuture<Void> after(Duration delay);

    /// The same stage, completing on this exchange's loop: what follows it may touch the exchange. In
    /// [Mode#EXPLAIN], where there is no loop, it is the stage itself.
    <T> CompletableFuture<T> onLoop(CompletionStage<? extends T> stage);

    /// Has work done that is too long for an event loop, such as hashing a password: on `executor`, or at once
    /// where nobody else has to go on meanwhile, as in tests and in [Mode#EXPLAIN]. Completes on this exchange's
    /// loop. For [Decision.Await].
    ///
    /// @param work touches the exchange no more
    /// @throws java.util.concurrent.RejectedExecutionException when the executor will not take it
    default <T> CompletableFuture<T> beside(Executor executor, Supplier<T> work) {
        return onLoop(CompletableFuture.supplyAsync(work, executor));
    }

    /// Calls somebody by HTTP, or HTTPS, without blocking; completes on this exchange's loop. Redirects are not
    /// followed. Fails with an [java.io.IOException], or with [NeedsNetworkException] in [Mode#EXPLAIN]. For
    /// [Decision.Await].
    ///
    /// @param request with a time-out of its own, else it has the exchange's
    /// @param limit octets of the answer's body; a longer one fails
    CompletableFuture<HttpResponse<byte[]>> call(HttpRequest request, int limit);
}
