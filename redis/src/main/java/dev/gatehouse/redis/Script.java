package dev.gatehouse.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Something the server does as a whole. It is called by its hash; a server that does not know it (it was
/// restarted, or another one took over) gets all of it with the same call, and knows it from then on.
final class Script {
    /// One decision about several limits; how to call it stands in it.
    static final Script LIMITS = new Script("limits.lua", ScriptOutputType.MULTI);

    /// A sign of life, and how many live.
    static final Script NODES = new Script("nodes.lua", ScriptOutputType.INTEGER);

    /// Adds to a number that expires.
    static final Script ADD = new Script("add.lua", ScriptOutputType.INTEGER);

    private final byte[] text;
    private final String hash;
    private final ScriptOutputType output;

    private Script(String file, ScriptOutputType output) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            this.text = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.hash = sha1(text);
        this.output = output;
    }

    private static String sha1(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /// @param <T> what it answers with: numbers, a list of them
    <T> CompletionStage<T> call(
            RedisClusterAsyncCommands<String, byte[]> commands, String[] keys, byte[]... arguments) {
        CompletionStage<T> answer = commands.evalsha(hash, output, keys, arguments);
        return answer.exceptionallyCompose(failure -> Reasons.unwrapped(failure) instanceof RedisNoScriptException
                ? commands.eval(text, output, keys, arguments)
                : CompletableFuture.failedStage(failure));
    }
}
