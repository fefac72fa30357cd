package dev.gatehouse.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import org.junit.jupiter.api.Test;

class StatesTest {
    private final States states = new States();

    @Test
    void one_name_is_one_state_within_a_configuration_and_over_a_reload() {
        States.Lease before = states.lease();
        StateRef<Tally> one = before.ref("limit/door", Tally::new);
        assertThat(before.ref("limit/door", Tally::new)).isSameAs(one);

        States.Lease after = states.lease();
        StateRef<Tally> again = after.ref("limit/door", Tally::new);
        before.close();

        assertThat(again).isSameAs(one);
        assertThat(states.size()).isEqualTo(1);
    }

    @Test
    void a_state_goes_with_the_last_configuration_that_names_it() {
        States.Lease first = states.lease();
        StateRef<Tally> old = first.ref("limit/door", Tally::new);
        first.close();
        first.close();
        assertThat(states.size()).isZero();

        assertThat(states.lease().ref("limit/door", Tally::new)).isNotSameAs(old);
    }

    @Test
    void another_class_under_the_same_name_starts_afresh_and_leaves_the_old_one_to_those_who_have_it() {
        States.Lease before = states.lease();
        StateRef<Tally> old = before.ref("limit/door", Tally::new);
        States.Lease after = states.lease();
        StateRef<OtherTally> fresh = after.ref("limit/door", OtherTally::new);

        assertThat(((NamedState<OtherTally>) fresh).live()).isInstanceOf(OtherTally.class);
        assertThat(((NamedState<Tally>) old).live()).isInstanceOf(Tally.class);
        before.close();
        assertThat(states.size()).isEqualTo(1);
        after.close();
        assertThat(states.size()).isZero();
    }

    @Test
    void what_is_tried_in_shadow_is_apart_and_stays_the_same() {
        NamedState<Tally> state = (NamedState<Tally>) states.lease().ref("limit/door", Tally::new);

        assertThat(state.shadow()).isNotSameAs(state.live()).isSameAs(state.shadow());
    }

    private static final class Tally implements SharedState<Tally> {
        @Override
        public Tally peek() {
            return new Tally();
        }
    }

    private static final class OtherTally implements SharedState<OtherTally> {
        @Override
        public OtherTally peek() {
            return new OtherTally();
        }
    }
}
