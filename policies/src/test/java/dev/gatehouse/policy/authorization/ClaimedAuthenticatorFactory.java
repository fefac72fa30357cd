package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.identity.AddressRules;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Believes whatever a request says about itself: `X-Who:
/// sub=u1;roles=a,b;scopes=c;consumer=acme;groups=gold;from=10.0.0.0/8`.
public final class ClaimedAuthenticatorFactory
        implements AuthenticatorFactory<ClaimedAuthenticatorFactory.ClaimedConfig> {
    @Settings(name = "authentication.claimed", value = "For tests: believes what a request says about itself.")
    public record ClaimedConfig(
            @Setting(value = "Whether clients are asked for it.", byDefault = "true")
            boolean asks) {}

    @Override
    public String type() {
        return "claimed";
    }

    @Override
    public Class<ClaimedConfig> configType() {
        return ClaimedConfig.class;
    }

    @Override
    public Authenticator create(ClaimedConfig config, AuthenticatorContext context) {
        return new Claimed(context.name());
    }

    private record Claimed(String name) implements Authenticator {
        private static final HeaderName WHO = HeaderName.of("X-Who");

        @Override
        public Authentication authenticate(Exchange exchange) {
            Text who = exchange.request().header(WHO);
            return who == null ? Authentication.ABSENT : new Authentication.Identified(identity(who.toString()));
        }

        @Override
        public String challenge(Exchange exchange) {
            return "Claimed realm=\"test\"";
        }

        private Identity identity(String said) {
            String consumer = value(said, "consumer");
            return new Identity(
                    name,
                    value(said, "sub"),
                    consumer == null ? null : consumer(consumer, said),
                    null,
                    values(said, "roles"),
                    values(said, "scopes"),
                    Map.of());
        }

        private static Consumer consumer(String consumer, String said) {
            List<Cidr> from = values(said, "from").stream().map(Cidr::of).toList();
            List<Cidr> never = values(said, "never").stream().map(Cidr::of).toList();
            return new Consumer(consumer, null, values(said, "groups"), Set.of(), new AddressRules(from, never));
        }

        private static Set<String> values(String said, String key) {
            String value = value(said, key);
            return value == null ? Set.of() : Set.of(value.split(",", -1));
        }

        private static @Nullable String value(String said, String key) {
            for (String part : said.split(";", -1)) {
                if (part.startsWith(key + "=")) {
                    return part.substring(key.length() + 1);
                }
            }
            return null;
        }
    }
}
