package dev.gatehouse.engine.telemetry.recent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.DecisionTrace.Candidate;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.engine.telemetry.SummarySink;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentRequestsTest {
    private final RecentRequests recent = new RecentRequests(2, 8, 3);
    private final SummarySink first = recent.on(0);
    private final SummarySink second = recent.on(1);

    @Test
    void the_newest_stands_first_whatever_loop_it_ended_on() {
        end(first, "a", 1000);
        end(second, "b", 1001);
        end(first, "c", 1002);

        assertThat(ids(recent.newest(RequestFilter.all(), null, 10))).containsExactly("c", "b", "a");
    }

    @Test
    void old_ones_give_way_to_new_ones() {
        for (int i = 0; i < 20; i++) {
            end(first, "id" + i, 1000 + i);
        }

        assertThat(ids(recent.newest(RequestFilter.all(), null, 100)))
                .hasSize(8)
                .startsWith("id19")
                .endsWith("id12");
        assertThat(recent.find("id3", 1)).isEmpty();
    }

    @Test
    void a_page_begins_where_the_one_before_ended_though_more_have_come() {
        for (int i = 0; i < 6; i++) {
            end(first, "id" + i, 1000 + i);
        }
        List<RecentRequest> page = recent.newest(RequestFilter.all(), null, 2);
        end(first, "id6", 1006);

        assertThat(ids(recent.newest(RequestFilter.all(), page.getLast().at(), 2)))
                .containsExactly("id3", "id2");
    }

    @Test
    void a_request_is_found_by_its_id_or_by_an_end_of_it() {
        end(first, "0189aaaa-1111", 1000);
        end(first, "0189aaaa-2222", 1001);

        assertThat(ids(recent.find("0189aaaa-1111", 5))).containsExactly("0189aaaa-1111");
        assertThat(ids(recent.find("a-2222", 5))).containsExactly("0189aaaa-2222");
        assertThat(ids(recent.find("0189aaaa", 5))).containsExactly("0189aaaa-2222", "0189aaaa-1111");
    }

    @Test
    void the_query_is_kept_nowhere_and_a_long_path_in_part() {
        EndedRequest request = EndedRequest.refused(FailureKind.SERVICE_TIMEOUT);
        request.path = "/" + "x".repeat(500);
        request.trace = new DecisionTrace(
                Collections.nCopies(100, new Candidate("a", "", false, "path")),
                List.of(),
                List.of(),
                List.of(new Destination("s", 100, null, 1, "round_robin", "GET /x?key=secret", "h")),
                504,
                "SERVICE_TIMEOUT",
                null,
                "gateway",
                false);
        first.ended(request);

        RecentRequest kept = recent.newest(RequestFilter.all(), null, 1).getFirst();
        assertThat(kept.path()).hasSize(Slot.MOST_PATH);
        assertThat(kept.trace()).isNotNull();
        assertThat(kept.trace().candidates()).hasSize(20);
        assertThat(kept.toString()).contains("GET /x").doesNotContain("secret");
    }

    @Test
    void a_trace_is_kept_of_what_the_gateway_decided_and_of_what_was_recorded() {
        EndedRequest served = EndedRequest.served();
        EndedRequest answered = EndedRequest.served();
        answered.decidedBy = "cache";
        EndedRequest recorded = EndedRequest.served();
        recorded.recorded = true;
        EndedRequest left = EndedRequest.refused(FailureKind.CLIENT_LEFT);
        for (EndedRequest request : List.of(served, answered, recorded, left)) {
            request.id = "x";
            first.ended(request);
        }

        assertThat(recent.newest(RequestFilter.all(), null, 4))
                .extracting(one -> one.trace() != null)
                .containsExactly(false, true, true, false);
        assertThat(served.traces).isZero();
    }

    @Test
    void fewer_traces_are_kept_than_requests() {
        for (int i = 0; i < 5; i++) {
            EndedRequest request = EndedRequest.refused(FailureKind.NO_ROUTE);
            request.millis = 1000 + i;
            first.ended(request);
        }

        assertThat(recent.newest(RequestFilter.all(), null, 5))
                .extracting(one -> one.trace() != null)
                .containsExactly(true, true, true, false, false);
    }

    @Test
    void a_flood_of_refusals_has_a_trace_made_of_some_only() {
        EndedRequest request = EndedRequest.refused(FailureKind.NO_ROUTE);
        for (int i = 0; i < 1000; i++) {
            first.ended(request);
        }
        assertThat(request.traces).isEqualTo(RecentRing.MOST_TRACES_A_SECOND);

        request.millis += 1000;
        first.ended(request);
        assertThat(request.traces).isEqualTo(RecentRing.MOST_TRACES_A_SECOND + 1);
    }

    @Test
    void who_follows_hears_of_each_once_and_how_many_were_missed() {
        end(first, "before", 1000);
        Feed feed = recent.follow();
        end(second, "b", 1002);
        end(first, "a", 1001);

        assertThat(ids(feed.take())).containsExactly("a", "b");
        assertThat(feed.take()).isEmpty();
        assertThat(feed.missed()).isZero();

        for (int i = 0; i < 20; i++) {
            end(first, "id" + i, 2000 + i);
        }
        assertThat(ids(feed.take())).hasSize(8).startsWith("id12").endsWith("id19");
        assertThat(feed.isBusy()).isTrue();
        assertThat(feed.missed()).isEqualTo(12);
        assertThat(feed.missed()).isZero();
    }

    private static void end(SummarySink sink, String id, long millis) {
        EndedRequest request = EndedRequest.served();
        request.id = id;
        request.millis = millis;
        sink.ended(request);
    }

    private static List<String> ids(List<RecentRequest> all) {
        return all.stream().map(RecentRequest::id).toList();
    }
}
