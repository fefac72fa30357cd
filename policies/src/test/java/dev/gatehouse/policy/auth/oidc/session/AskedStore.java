package dev.gatehouse.policy.auth.oidc.session;

import dev.gatehouse.api.state.Store;
import dev.gatehouse.engine.store.MemoryStore;
import dev.gatehouse.policy.auth.TestClock;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A store that several gateways share: what it is asked is written down, and it can be down.
public final class AskedStore {
    /// `get oidc/customer/ended/mark`
    public final List<String> asked = new ArrayList<>();

    private final Store memory;
    public boolean down;

    public AskedStore(TestClock clock) {
        this.memory = new MemoryStore(clock::nanos);
    }

    /// As the gateways see it.
    public Store store() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (_, method, arguments) -> {
                    if (CompletionStage.class.isAssignableFrom(method.getReturnType())) {
                        asked.add(method.getName() + " " + arguments[0]);
                        if (down) {
                            return CompletableFuture.failedFuture(new IOException("down"));
                        }
                    }
                    try {
                        return method.invoke(memory, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
