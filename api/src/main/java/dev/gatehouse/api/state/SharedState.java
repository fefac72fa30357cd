package dev.gatehouse.api.state;

/// What policies remember between exchanges: buckets, sessions, counters. Used by all event loops at once, so safe for
/// threads; and by those who only ask, so it can give a view that does no harm.
///
/// @param <S> itself
public interface SharedState<S extends SharedState<S>> {
    /// The same for somebody who only asks what would happen: shows what is there, and keeps what it is told to
    /// itself. For one thread and a short life.
    S peek();
}
