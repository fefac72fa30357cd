package dev.gatehouse.engine.tls.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.tls.acme.Challenges.Open;
import org.junit.jupiter.api.Test;

class ChallengesTest {
    private final Challenges challenges = new Challenges();

    @Test
    void nothing_is_expected_while_no_order_is_open() {
        assertThat(challenges.expectsRequest()).isFalse();
        assertThat(challenges.answer(Challenges.PATH + "a")).isNull();
        assertThat(challenges.certificate("shop.example")).isNull();
    }

    @Test
    void tokens_are_known_until_their_order_ends() {
        Open first = challenges.answerRequests("a", "a.thumb");
        Open second = challenges.answerRequests("b", "b.thumb");

        assertThat(challenges.answer("/.well-known/acme-challenge/a")).isEqualTo("a.thumb");
        assertThat(challenges.answer("/.well-known/acme-challenge/b")).isEqualTo("b.thumb");
        first.close();
        assertThat(challenges.answer("/.well-known/acme-challenge/a")).isNull();
        assertThat(challenges.answer("/.well-known/acme-challenge/b")).isEqualTo("b.thumb");
        second.close();
        assertThat(challenges.expectsRequest()).isFalse();
    }

    @Test
    void nothing_but_a_whole_token_is_one() {
        try (Open _ = challenges.answerRequests("abc", "abc.thumb")) {
            for (String path : new String[] {"", "a", "abcd", "abc/", "../abc", "ABC"}) {
                assertThat(challenges.answer(Challenges.PATH + path)).as(path).isNull();
            }
            assertThat(challenges.answer("/x" + Challenges.PATH + "abc")).isNull();
        }
    }
}
