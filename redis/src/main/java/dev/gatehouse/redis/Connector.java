package dev.gatehouse.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/// Makes connections. Safe for threads.
interface Connector {
    /// A new connection; to a server that Sentinels know, they are asked again. Fails when it takes longer than the
    /// settings say.
    ///
    /// @param lost is called when the connection is gone for good; on any thread, perhaps more than once
    CompletionStage<Connection> connect(Runnable lost);

    /// One connection, or those to all nodes of a cluster.
    interface Connection {
        RedisClusterAsyncCommands<String, byte[]> commands();

        /// Whoever waits for an answer is told that there will be none. Does not wait.
        void close();
    }
}
