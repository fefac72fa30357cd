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

    @Test
    void a_state_of_the_same_version_is_kept_and_another_version_begins_anew() {
        States.Lease before = states.lease();
        StateRef<Tally> one = before.ref("store/main", "version 1", Tally::new, Tally::new);
        States.Lease same = states.lease();
        assertThat(same.<Tally>ref("store/main", "version 1", StatesTest::never, StatesTest::never))
                .isSameAs(one);

        StateRef<Tally> other = states.lease().ref("store/main", "version 2", Tally::new, Tally::new);

        assertThat(other).isNotSameAs(one);
    }

    @Test
    void a_state_is_closed_once_the_last_configuration_that_names_it_is_gone() {
        States.Lease first = states.lease();
        States.Lease second = states.lease();
        Door door = ((NamedState<Door>) first.ref("door", Door::new)).live();
        second.ref("door", Door::new);

        first.close();
        assertThat(door.closed).isZero();
        second.close();
        assertThat(door.closed).isOne();
    }

    private static Tally never() {
        throw new AssertionError("it is there");
    }

    private static final class Door implements SharedState<Door>, AutoCloseable {
        private int closed;

        @Override
        public Door peek() {
            return this;
        }

        @Override
        public void close() {
            closed++;
        }
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
