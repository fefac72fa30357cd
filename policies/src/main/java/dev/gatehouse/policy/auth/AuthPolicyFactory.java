package dev.gatehouse.policy.auth;

import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.policy.Everywhere;
import dev.gatehouse.api.policy.FileContext;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the policy of the slot `auth`.
public final class AuthPolicyFactory implements PolicyFactory<AuthConfig> {
    @Override
    public String name() {
        return "auth";
    }

    @Override
    public Class<AuthConfig> configType() {
        return AuthConfig.class;
    }

    @Override
    public String namesIn() {
        return "security.authentication";
    }

    @Override
    public List<Staged> create(AuthConfig config, PolicyContext context) {
        boolean all = config.any().isEmpty();
        boolean orNobody = config.any().contains(AuthConfig.NONE);
        List<Method> methods = new ArrayList<>();
        for (String name : all ? config.all() : config.any()) {
            if (!name.equals(AuthConfig.NONE)) {
                Authenticator authenticator = context.authenticator(name);
                if (authenticator == null) {
                    throw new IllegalArgumentException("there is no '" + name + "' under security.authentication");
                }
                methods.add(new Method(
                        name, "auth." + name, context.place("security.authentication." + name), authenticator));
            }
        }
        if (methods.isEmpty()) {
            return List.of();
        }
        IdentityHeaders headers = IdentityHeaders.of(headers(context));
        return List.of(new Staged(Stage.AUTHENTICATE, new AuthPolicy(methods, all, orNobody, headers, context.time())));
    }

    /// Whether or not a route asks who calls: where anybody is asked at all, services believe these fields, and are
    /// sent no cookie of a login.
    @Override
    public @Nullable Everywhere everywhere(FileContext file) {
        if (!file.authenticators().isEmpty()) {
            IdentityHeaders.of(headers(file)).reserve(file);
        }
        List<Authenticator> own = file.authenticators().stream()
                .map(file::authenticator)
                .filter(one -> one != null && one.isOwn())
                .toList();
        List<Staged> policy = List.of(new Staged(Stage.AUTHENTICATE, new OwnCredentials(own)));
        return own.isEmpty() ? null : _ -> policy;
    }

    private static IdentityHeadersConfig headers(FileContext file) {
        @Nullable IdentityHeadersConfig written = file.section(IdentityHeadersConfig.class);
        return written == null ? IdentityHeadersConfig.DEFAULT : written;
    }
}
