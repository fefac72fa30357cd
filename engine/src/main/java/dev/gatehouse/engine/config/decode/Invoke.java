package dev.gatehouse.engine.config.decode;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/// Calls constructors and `of` methods of records. By reflection and not by method handles: each kind of handle makes
/// the JVM write classes at start, which together took a quarter of the time of `gatehouse check`.
final class Invoke {
    private Invoke() {}

    /// @throws IllegalArgumentException as the record throws it
    static Object make(Constructor<?> constructor, @Nullable Object[] arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw thrown(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " cannot be called", e);
        }
    }

    /// @throws IllegalArgumentException as the record throws it
    static Object call(Method of, Object argument) {
        try {
            return of.invoke(null, argument);
        } catch (InvocationTargetException e) {
            throw thrown(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(of + " cannot be called", e);
        }
    }

    private static RuntimeException thrown(InvocationTargetException e) {
        return switch (e.getCause()) {
            case IllegalArgumentException refused -> refused;
            case VirtualMachineError error -> throw error;
            // The record of a plug-in may fail in any way; that is a mistake like any other.
            case null, default ->
                new IllegalArgumentException("the settings cannot be judged: " + e.getCause(), e.getCause());
        };
    }
}
