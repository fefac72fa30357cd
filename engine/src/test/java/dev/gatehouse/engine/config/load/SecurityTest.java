package dev.gatehouse.engine.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.state.StoreFactory;
import dev.gatehouse.engine.config.AuthenticatorSetting;
import dev.gatehouse.engine.config.StoreSetting;
import dev.gatehouse.engine.config.diagnostic.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityTest {
    @Settings(name = "authentication.badge", value = "A word everybody knows.")
    public record BadgeConfig(@Setting("The word.") String word) {}

    @Settings(name = "stores.shelf", value = "A store on a shelf.")
    public record ShelfConfig(
            @Setting(value = "Which one.", byDefault = "1") int board) {}

    @Settings(name = "auth", value = "Who may use the route.")
    public record AskConfig(@Setting("Whom to ask.") List<String> any) {
        public static AskConfig of(String one) {
            return new AskConfig(List.of(one));
        }

        public static AskConfig of(List<String> all) {
            return new AskConfig(all);
        }
    }

    private static final LoadOptions OPTIONS = new LoadOptions(
            Map.of(),
            new Extensions(
                    List.of(new AskFactory()), List.of(), List.of(new Badges()), List.of(new Shelves()), List.of()),
            Severity.ERROR);

    @Test
    void an_entry_is_of_the_type_it_says_or_of_the_one_it_is_called_like() {
        Loaded loaded = load("""
            security:
              authentication:
                guest: { type: badge, word: hello }
                badge: { word: friend }
            routes: [ { respond: 204, auth: [ guest, badge ] } ]
            """);

        assertThat(Loading.config(loaded).authenticators().values())
                .containsExactly(
                        new AuthenticatorSetting("guest", "badge", new BadgeConfig("hello")),
                        new AuthenticatorSetting("badge", "badge", new BadgeConfig("friend")));
    }

    @Test
    void a_type_nobody_knows_is_told_with_those_there_are() {
        assertThat(mistakes("security: { authentication: { guest: { type: bagde, word: a } } }\n"))
                .containsExactly("GH1305 security.authentication.guest.type");
        assertThat(mistakes("security: { authentication: { guest: { word: a } } }\n"))
                .containsExactly("GH1005 security.authentication.guest.type");
    }

    @Test
    void what_is_wrong_in_an_entry_is_told_at_its_key() {
        assertThat(mistakes("security: { authentication: { guest: { type: badge, wrod: a } } }\n"))
                .containsExactly("GH1001 security.authentication.guest.wrod");
        assertThat(mistakes("security: { authentification: {} }\n"))
                .containsExactly("GH1001 security.authentification");
        assertThat(mistakes("security: { authentication: [ badge ] }\n"))
                .containsExactly("GH1302 security.authentication");
        assertThat(mistakes("security: { authentication: { none: { type: badge, word: a } } }\n"))
                .contains("GH1305 security.authentication.none");
    }

    @Test
    void a_route_can_name_only_what_is_defined() {
        assertThat(mistakes("security: { authentication: { badge: { word: a } } }\n"
                        + "routes: [ { respond: 204, auth: [ badge, bagde, none ] } ]\n"))
                .containsExactly("GH1101 routes[0].auth[1]");
    }

    @Test
    void what_no_route_names_is_told() {
        assertThat(mistakes("security: { authentication: { badge: { word: a } } }\nroutes: [ { respond: 204 } ]\n"))
                .containsExactly("GH2102 security.authentication.badge");
    }

    @Test
    void methods_in_plain_spelling_hold_for_all_routes_that_say_nothing() {
        Loaded loaded = load("""
            security: { authentication: { methods: [ badge ], badge: { word: a } } }
            routes:
              - { path: /a, respond: 204 }
              - { path: /b, respond: 204, auth: none }
            """);

        assertThat(Loading.config(loaded).routes())
                .extracting(route -> route.policies().containsKey("auth"))
                .containsExactly(true, false);
        assertThat(loaded.diagnostics()).isEmpty();
    }

    @Test
    void a_route_that_asks_nobody_where_somebody_could_be_asked_is_told() {
        String file = "security: { authentication: { badge: { word: a } } }\n"
                + "services: { s: { instances: [ \"localhost:1\" ] } }\n"
                + "routes:\n  - { path: /a, service: s, auth: badge }\n";

        assertThat(mistakes(file + "  - { path: /b, service: s }\n")).containsExactly("GH2101 routes[1].auth");
        assertThat(mistakes(file + "  - { path: /b, service: s, auth: none }\n"))
                .isEmpty();
        assertThat(mistakes(file + "  - { path: /b, respond: 204 }\n")).isEmpty();
    }

    @Test
    void a_store_says_what_to_do_while_it_is_down() {
        Loaded loaded = load("""
            stores:
              shelf: { board: 2 }
              other: { type: shelf, on_store_down: closed }
            routes: [ { respond: 204 } ]
            """);

        assertThat(Loading.config(loaded).stores().values())
                .containsExactly(
                        new StoreSetting("shelf", "shelf", new ShelfConfig(2), OnStoreDown.LOCAL_SHARE),
                        new StoreSetting("other", "shelf", new ShelfConfig(1), OnStoreDown.CLOSED));
    }

    @Test
    void a_store_may_not_be_called_memory_nor_do_what_nobody_knows() {
        assertThat(mistakes("stores: { memory: { type: shelf } }\n")).containsExactly("GH1305 stores.memory");
        assertThat(mistakes("stores: { shelf: { on_store_down: shut } }\n"))
                .containsExactly("GH1305 stores.shelf.on_store_down");
    }

    private static Loaded load(String yaml) {
        return Loading.load(yaml, OPTIONS);
    }

    private static List<String> mistakes(String yaml) {
        return Loading.mistakes(load(yaml.contains("routes:") ? yaml : yaml + "routes: [ { respond: 204 } ]\n"));
    }

    private static final class AskFactory implements PolicyFactory<AskConfig> {
        @Override
        public String name() {
            return "auth";
        }

        @Override
        public Class<AskConfig> configType() {
            return AskConfig.class;
        }

        @Override
        public String namesIn() {
            return "security.authentication";
        }

        @Override
        public List<Staged> create(AskConfig config, PolicyContext context) {
            return List.of();
        }
    }

    private static final class Badges implements AuthenticatorFactory<BadgeConfig> {
        @Override
        public String type() {
            return "badge";
        }

        @Override
        public Class<BadgeConfig> configType() {
            return BadgeConfig.class;
        }

        @Override
        public Authenticator create(BadgeConfig config, AuthenticatorContext context) {
            return _ -> Authentication.ABSENT;
        }
    }

    private static final class Shelves implements StoreFactory<ShelfConfig> {
        @Override
        public String type() {
            return "shelf";
        }

        @Override
        public Class<ShelfConfig> configType() {
            return ShelfConfig.class;
        }

        @Override
        public Store create(ShelfConfig config, Context context) {
            throw new AssertionError("nobody opens it");
        }
    }
}
