package dev.gatehouse.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskerTest {
    @Test
    void the_word_before_the_colon_is_kept_apart_from_the_roles_behind_the_subject() {
        Asker.Assumed who = Asker.Assumed.parse("customer:u1,vip, staff");

        assertThat(who.by()).isEqualTo("customer");
        assertThat(who.subject()).isEqualTo("u1");
        assertThat(who.roles()).containsExactly("vip", "staff");
        assertThat(Asker.Assumed.parse("u1").by()).isNull();
    }

    @Test
    void a_subject_with_a_colon_stands_behind_one() {
        assertThat(Asker.Assumed.parse(":auth0:77").subject()).isEqualTo("auth0:77");
        assertThat(Asker.Assumed.parse(":auth0:77").by()).isNull();
    }

    @Test
    void a_consumer_is_meant_by_its_name() {
        assertThat(Asker.Assumed.parse("consumer:acme")).isEqualTo(Asker.Assumed.consumer("acme"));
        assertThatThrownBy(() -> Asker.Assumed.parse("consumer:acme,admin")).hasMessageContaining("roles");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "customer:", "u1,", ",admin"})
    void nobody_is_no_asker(String text) {
        assertThatThrownBy(() -> Asker.Assumed.parse(text)).hasMessageContaining("expected: customer:u1");
    }

    @Test
    void more_can_be_said_of_somebody() {
        Asker.Assumed who = Asker.Assumed.parse("u1,a").with(Set.of("b"), Set.of("read"), Map.of("tenant", "t1"));

        assertThat(who.roles()).containsExactly("a", "b");
        assertThat(who.scopes()).containsExactly("read");
        assertThat(who.claims()).containsEntry("tenant", "t1");
    }

    @Test
    void a_credential_is_in_no_text() {
        assertThat(Asker.Key.parse("partner:gh_secret")).hasToString("a key");
        assertThat(Asker.Key.parse("partner:gh_secret").entry()).isEqualTo("partner");
        assertThat(new Asker.Token("a.b.c")).hasToString("a token");
        assertThatThrownBy(() -> new Asker.Token("a.b\nsecret"))
                .hasMessageNotContaining("secret")
                .hasMessageContaining("the token is empty, or has blanks");
    }
}
