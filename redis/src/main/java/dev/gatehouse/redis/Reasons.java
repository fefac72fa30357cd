package dev.gatehouse.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Why something with the server failed, in words without keys, values and passwords: of what the server says, only
/// the first word, which is a code (`READONLY You can't write…`).
final class Reasons {
    /// With these it can do nothing for anybody now. Others are about one question.
    private static final Set<String> NOTHING_WORKS = Set.of(
            "READONLY",
            "MISCONF",
            "OOM",
            "LOADING",
            "MASTERDOWN",
            "NOREPLICAS",
            "BUSY",
            "NOAUTH",
            "NOPERM",
            "WRONGPASS");

    private Reasons() {}

    static String of(Throwable failure) {
        Throwable cause = unwrapped(failure);
        for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
            if (deeper instanceof RedisCommandExecutionException said) {
                return "refused: " + code(said);
            }
            if (deeper instanceof javax.net.ssl.SSLException) {
                return "TLS fails: " + deeper.getMessage();
            }
            if (deeper instanceof UnknownHostException) {
                return "the host is unknown";
            }
            if (deeper instanceof java.net.ConnectException) {
                return "connection refused";
            }
        }
        return cause instanceof RedisException
                ? "it was not accepted"
                : cause.getClass().getSimpleName();
    }

    /// The code with which the server refuses everything for now; null when it is no such failure.
    static @Nullable String refusal(Throwable failure) {
        if (unwrapped(failure) instanceof RedisCommandExecutionException said) {
            String code = code(said);
            return NOTHING_WORKS.contains(code) ? code : null;
        }
        return null;
    }

    /// Whether the server said so, and is there.
    static boolean isAnswer(Throwable failure) {
        return unwrapped(failure) instanceof RedisCommandExecutionException;
    }

    private static String code(RedisCommandExecutionException said) {
        String message = said.getMessage();
        if (message == null) {
            return "ERR";
        }
        int end = message.indexOf(' ');
        String code = end < 0 ? message : message.substring(0, end);
        return code.matches("[A-Z]{2,20}") ? code : "ERR";
    }

    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
