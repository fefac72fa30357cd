package dev.gatehouse.policy.csrf;

import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/// Makes the policy of the slot `csrf`.
public final class CsrfPolicyFactory implements PolicyFactory<CsrfConfig> {
    private static final int TOKEN_OCTETS = 16;

    @Override
    public String name() {
        return "csrf";
    }

    @Override
    public Class<CsrfConfig> configType() {
        return CsrfConfig.class;
    }

    @Override
    public List<Staged> create(CsrfConfig config, PolicyContext context) {
        SecureRandom chance = new SecureRandom();
        return List.of(new Staged(Stage.CSRF, new CsrfPolicy(config, () -> token(chance))));
    }

    private static String token(SecureRandom chance) {
        byte[] octets = new byte[TOKEN_OCTETS];
        chance.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }
}
