package dev.gatehouse.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryPairsTest {
    @Test
    void pairs_come_in_order_as_they_stand_empty_ones_too() {
        assertThat(pairs("a=1&&b=%32&c&=d&")).containsExactly("a=1", "", "b=%32", "c", "=d", "");
    }

    @Test
    void an_empty_query_has_one_empty_pair() {
        assertThat(pairs("")).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user id=1", "user+id=1", "user%20id=1", "%75ser%20i%64=1", "user+id", "user+id="})
    void a_name_is_known_however_it_is_escaped(String query) {
        byte[] octets = query.getBytes(StandardCharsets.US_ASCII);
        QueryPairs pairs = new QueryPairs(octets, 0, octets.length);
        pairs.next();
        assertThat(pairs.nameIs("user id".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(pairs.nameIs("user i".getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(pairs.nameIs("user id2".getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void a_value_is_everything_behind_the_first_equals_sign_decoded() {
        byte[] octets = "q=a%3Db+c=%C3%A9".getBytes(StandardCharsets.US_ASCII);
        QueryPairs pairs = new QueryPairs(octets, 0, octets.length);
        pairs.next();
        assertThat(pairs.value()).isEqualTo("a=b c=é");
    }

    @Test
    void a_pair_without_equals_sign_has_an_empty_value() {
        byte[] octets = "flag&x=1".getBytes(StandardCharsets.US_ASCII);
        QueryPairs pairs = new QueryPairs(octets, 0, octets.length);
        pairs.next();
        assertThat(pairs.value()).isEmpty();
    }

    private static List<String> pairs(String query) {
        byte[] octets = ("/x?" + query).getBytes(StandardCharsets.US_ASCII);
        QueryPairs pairs = new QueryPairs(octets, 3, octets.length);
        List<String> all = new ArrayList<>();
        while (pairs.next()) {
            all.add(new String(octets, pairs.start(), pairs.end() - pairs.start(), StandardCharsets.US_ASCII));
        }
        return all;
    }
}
