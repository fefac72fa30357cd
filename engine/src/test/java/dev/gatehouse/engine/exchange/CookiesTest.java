package dev.gatehouse.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CookiesTest {
    @Test
    void one_goes_and_the_others_stay_in_one_field() {
        assertThat(Cookies.without("sid", List.of("a=1; sid=x; b=2", "sid=y; c=3")))
                .isEqualTo("a=1; b=2; c=3");
    }

    @Test
    void nothing_is_left_of_a_field_that_held_nothing_else() {
        assertThat(Cookies.without("sid", List.of("sid=x"))).isEmpty();
    }

    @Test
    void other_names_are_no_reason_to_write_the_field_anew() {
        assertThat(Cookies.without("sid", List.of("a=1; SID=x; sid; sidx=2"))).isNull();
        assertThat(Cookies.without("sid", List.of())).isNull();
    }

    @Test
    void spaces_around_a_name_do_not_hide_it() {
        assertThat(Cookies.without("sid", List.of("sid =x;sid= y ;a=1"))).isEqualTo("a=1");
    }
}
