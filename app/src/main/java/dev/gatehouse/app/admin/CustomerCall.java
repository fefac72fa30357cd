package dev.gatehouse.app.admin;

import dev.gatehouse.engine.consumer.KeyRefused;
import java.io.IOException;
import java.util.Map;

/// Something that is done about consumers, plans, keys or revoked tokens, and what is answered when it cannot be.
@FunctionalInterface
interface CustomerCall {
    /// @throws IllegalArgumentException when the body makes no sense
    AdminAnswer answer(AdminRequest request) throws KeyRefused, IOException;

    /// The same as operations are called.
    static Operation.Call of(CustomerCall call) {
        return request -> {
            try {
                return call.answer(request);
            } catch (IllegalArgumentException e) {
                return Problem.INVALID_REQUEST.answer(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                return Problem.STORE_UNAVAILABLE.answer(String.valueOf(e.getMessage()));
            } catch (KeyRefused e) {
                return problem(e.reason()).answer(String.valueOf(e.getMessage()), Map.of());
            }
        };
    }

    private static Problem problem(KeyRefused.Reason reason) {
        return switch (reason) {
            case NO_SUCH_KEY -> Problem.NO_SUCH_KEY;
            case NO_SUCH_CONSUMER -> Problem.NO_SUCH_CONSUMER;
            case NO_SUCH_PLAN -> Problem.NO_SUCH_PLAN;
            case CONSUMER_EXISTS -> Problem.CONSUMER_EXISTS;
            case IN_FILE -> Problem.OWNER_IS_FILE;
            case LAPSED -> Problem.KEY_LAPSED;
            case NONSENSE -> Problem.INVALID_REQUEST;
        };
    }
}
