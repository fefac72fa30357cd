/// The store that several gateways share: Redis 6 or later, alone, watched by Sentinel, or as a cluster.
///
/// ```
/// RedisStore ──► Calls ──► Link(s) ──► Connector ──► Lettuce
///     │            │         └ Pulse: is it alive?
///     │            └ Deadlines: whoever waits too long is told so
///     ├─► LimitCalls ─► Purses: tokens taken ahead (`batch`)
///     └─► Heartbeat: how many gateways live
/// ```
///
/// A decision about limits is one call of a script ([Script#LIMITS]), however many limits it is about; only in a
/// cluster
/// it is one for each slot. No thread ever waits for an answer: whoever asks gets a stage, which fails when the
/// time of the settings is over. While the server is away, calls fail at once and a link tries to connect again by
/// itself.
@NullMarked
package dev.gatehouse.redis;

import org.jspecify.annotations.NullMarked;
