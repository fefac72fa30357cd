package dev.gatehouse.api.state;

/// Stands for a state of a policy; the state itself is had from the exchange
/// ([dev.gatehouse.api.Exchange#state]), which knows who is asking.
///
/// @param <S> the state
public interface StateRef<S extends SharedState<S>> {
    /// Its whole name, for people.
    String name();
}
