package dev.gatehouse.engine.config.decode;

import java.lang.invoke.MethodHandle;

/// Calls constructors and `of` methods of records.
final class Invoke {
    private Invoke() {}

    /// @param target takes one argument; a constructor all of its own in an array
    /// @throws IllegalArgumentException as the record throws it
    static Object call(MethodHandle target, Object argument) {
        try {
            return (Object) target.invoke(argument);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a settings record threw a checked exception", e);
        }
    }
}
